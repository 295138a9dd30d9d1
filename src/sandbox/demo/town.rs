//! Sunshine Garden, as an office would bring it in: whom it invites, and the file of its
//! households. Two of them live in the demo; the others are on their way.

use chrono::{Days, NaiveDate};

use crate::desk::staff::person::Role;

/// The place whose time the demo shows.
pub(super) const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;
/// The codes of the two households that live in the demo.
pub(super) const CHINESE_HOME: &str = "3-502";
pub(super) const FRENCH_HOME: &str = "7-903";

/// The day of their period on which the demo begins.
const TODAY_IS_DAY: u64 = 4;
const GRID: &str = "Yantian/Haishan/Harbour/Grid 12";
const HEADER: &str = "household,area,building,unit,room,language,timezone,category,start_on,days,\
                      worker,backup,member,relation,birth_year,phone,labels";
/// The buildings, and who looks after each.
const BUILDINGS: [(u32, &str, &str); 4] =
    [(1, "Liu", "Wang"), (3, "Wang", "Liu"), (5, "Liu", "Wang"), (7, "Wang", "Liu")];
const FLOORS: [u32; 6] = [2, 4, 6, 8, 11, 12];
const FAMILIES: [&str; 8] = ["Zhang", "Li", "Zhou", "Wu", "Xu", "Sun", "He", "Gao"];

/// Somebody to be invited.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colleague {
    pub name: &'static str,
    pub role: Role,
    pub area: &'static str,
}

/// The staff of Sunshine Garden.
pub(super) const STAFF: [Colleague; 5] = [
    Colleague { name: "Wang", role: Role::Worker, area: GRID },
    Colleague { name: "Liu", role: Role::Worker, area: GRID },
    Colleague { name: "Chen", role: Role::Lead, area: "Yantian/Haishan/Harbour" },
    Colleague { name: "Zhao", role: Role::Officer, area: "Yantian/Haishan" },
    Colleague { name: "Lin", role: Role::Doctor, area: "Yantian/Haishan/Harbour" },
];

/// The file of all households, one row a member, as it is on this day.
pub(super) fn households(today: NaiveDate) -> String {
    let mut rows = vec![HEADER.to_owned()];
    rows.extend(living(today));
    let doors = BUILDINGS.iter().flat_map(|building| FLOORS.map(|floor| (building, floor)));
    for (number, (building, floor)) in doors.enumerate() {
        rows.extend([1, 4].map(|side| arriving(number, building, floor * 100 + side, today)));
    }
    rows.join("\n")
}

/// The two households that are in the middle of their period.
fn living(today: NaiveDate) -> Vec<String> {
    let start = today - Days::new(TODAY_IS_DAY);
    let row = |household: &str, language: &str, category: &str, member: &str| {
        let (building, room) = household.split_once('-').unwrap_or_default();
        format!(
            "{household},{GRID},{building},,{room},{language},{ZONE},{category},{start},14,\
             Wang,Liu,{member},,"
        )
    };
    let chinese = |member| row(CHINESE_HOME, "zh-CN", "close_contact", member);
    let french = |member| row(FRENCH_HOME, "fr", "entrant", member);
    vec![
        chinese("妈妈,head,1990"),
        chinese("爸爸,spouse,1988"),
        chinese("宝宝,child,2024"),
        french("Camille,head,1995"),
        french("Lucas,spouse,1993"),
    ]
}

/// A household that arrives within the next days, so that nobody waits for it today.
fn arriving(
    number: usize,
    (building, worker, backup): &(u32, &str, &str),
    room: u32,
    today: NaiveDate,
) -> String {
    let family = FAMILIES[(number + room as usize) % FAMILIES.len()];
    let start = today + Days::new(1 + u64::from(room) % 6);
    let born = 1945 + (number * 7 + room as usize) % 60;
    format!(
        "{building}-{room},{GRID},{building},,{room},zh-CN,{ZONE},secondary_contact,{start},14,\
         {worker},{backup},{family},head,{born},,"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_neighbourhood_has_fifty_households_and_no_two_at_one_door() {
        let file = households(NaiveDate::from_ymd_opt(2026, 4, 6).unwrap());
        let mut doors: Vec<_> =
            file.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
        assert_eq!(doors.len(), 5 + 48);
        doors.dedup();
        doors.sort_unstable();
        doors.dedup();
        assert_eq!(doors.len(), 50);
        assert!(file.lines().all(|row| row.split(',').count() == HEADER.split(',').count()));
    }
}
