//! What stands in a household's file, as the import reads it.

use chrono::NaiveDate;

/// The columns of the import.
const COLUMNS: [&str; 17] = [
    "household",
    "area",
    "building",
    "unit",
    "room",
    "language",
    "timezone",
    "category",
    "start_on",
    "days",
    "worker",
    "backup",
    "member",
    "relation",
    "birth_year",
    "phone",
    "labels",
];

/// The area in which people live unless something else is said.
pub const GRID: &str = "Yantian/Haishan/Grid 12";

/// A household's file before it is written.
#[derive(Clone, Debug)]
pub struct HouseholdSpec {
    pub code: String,
    pub area: String,
    pub language: String,
    pub timezone: String,
    pub start_on: Option<NaiveDate>,
    pub days: Option<u32>,
    pub worker: String,
    pub backup: String,
    pub members: Vec<String>,
    pub birth_year: String,
}

impl HouseholdSpec {
    /// A Chinese couple of Wang's at this door, such as `3-502`, from today on.
    pub fn new(door: &str) -> Self {
        Self {
            code: door.to_owned(),
            area: GRID.to_owned(),
            language: "zh-CN".to_owned(),
            timezone: "Asia/Shanghai".to_owned(),
            start_on: None,
            days: None,
            worker: "Wang".to_owned(),
            backup: String::new(),
            members: vec!["妈妈".to_owned(), "爸爸".to_owned()],
            birth_year: String::new(),
        }
    }

    pub fn members<const N: usize>(mut self, words: [&str; N]) -> Self {
        self.members = words.map(str::to_owned).to_vec();
        self
    }

    pub fn language(mut self, tag: &str) -> Self {
        tag.clone_into(&mut self.language);
        self
    }

    pub fn timezone(mut self, name: &str) -> Self {
        name.clone_into(&mut self.timezone);
        self
    }

    pub fn backup(mut self, name: &str) -> Self {
        name.clone_into(&mut self.backup);
        self
    }

    pub fn starts_on(mut self, day: NaiveDate) -> Self {
        self.start_on = Some(day);
        self
    }

    pub fn lasts(mut self, days: u32) -> Self {
        self.days = Some(days);
        self
    }

    /// Each of them was born in this year.
    pub fn born_in(mut self, year: u32) -> Self {
        self.birth_year = year.to_string();
        self
    }

    /// Its rows, one for each member.
    fn rows(&self, today: NaiveDate) -> Vec<[String; 17]> {
        let (building, room) = self.code.split_once('-').unwrap_or(("", &self.code));
        let row = |(at, member): (usize, &String)| {
            let relation = if at == 0 { "head" } else { "other" };
            let start_on = self.start_on.unwrap_or(today).to_string();
            let days = self.days.map(|days| days.to_string()).unwrap_or_default();
            [
                &self.code,
                &self.area,
                building,
                "",
                room,
                &self.language,
                &self.timezone,
                "",
                &start_on,
                &days,
                &self.worker,
                &self.backup,
                member,
                relation,
                &self.birth_year,
                "",
                "",
            ]
            .map(str::to_owned)
        };
        self.members.iter().enumerate().map(row).collect()
    }
}

/// The file of these households.
pub fn csv(households: &[HouseholdSpec], today: NaiveDate) -> String {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(COLUMNS).expect("a header");
    for row in households.iter().flat_map(|household| household.rows(today)) {
        file.write_record(row).expect("a row");
    }
    String::from_utf8(file.into_inner().expect("a file in memory")).expect("text")
}
