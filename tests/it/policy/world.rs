//! The people and households of the matrix, made by the library's own verbs: invitations redeemed,
//! a file imported, chats bound, members claimed, silence fallen due, requests asked and delivered.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use doorstep::base::chat::ChatKind;
use doorstep::base::clock::Timestamp;
use doorstep::base::store::Tx;
use doorstep::base::turn::Ground;
use doorstep::desk::health_check::first_look;
use doorstep::desk::health_check::reading::Celsius;
use doorstep::desk::household::import::Import;
use doorstep::desk::household::make_link;
use doorstep::desk::press::Press;
use doorstep::desk::reference::{AlertRef, RequestRef};
use doorstep::desk::staff::invite;
use doorstep::desk::staff::person::Role;
use sqlx::AssertSqlSafe;
use strum::VariantArray;

use super::desk::{Chat, Desk, Sender};
use super::expected::{Scope, Who};
use crate::inside::ask;

/// The zone in which everybody lives.
const ZONE: Tz = Tz::Asia__Shanghai;
/// The area of everybody whose rights are tried.
const AREA: &str = "Yantian/Haishan/Harbour";
/// Far outside of it.
const ELSEWHERE: &str = "Luohu/Guiyuan/Grid 9";
/// A value that is asked about: "367".
pub const ASKED: Celsius = Celsius::from_tenths(367);

/// Somebody who acts.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    pub who: Who,
    pub sender: Sender,
    /// Their private chat with the bot.
    pub private: Chat,
}

impl Actor {
    fn new(who: Who, id: i64) -> Self {
        let sender = if who == Who::Nobody { Sender::Nobody } else { Sender::Person(id) };
        Self { who, sender, private: Chat { id, kind: ChatKind::Private } }
    }
}

/// A household whose chat is open, and what waits in it.
#[derive(Clone, Debug)]
pub struct House {
    pub code: String,
    pub row: i64,
    pub chat: Chat,
    pub keeper: Actor,
    pub member: Actor,
    pub unknown: Actor,
    pub refused: Actor,
    /// The message that asked the unknown account who it is.
    pub who_message: i64,
    /// The message that asks about [`ASKED`].
    pub question: i64,
    pub overdue: AlertRef,
    pub danger: AlertRef,
    /// That the refused account is in the chat.
    pub stranger: AlertRef,
    /// That more are in the chat than belong there.
    pub counted: AlertRef,
    pub requested: RequestRef,
    pub delivered: RequestRef,
}

/// Everybody and everything.
pub struct World {
    pub staff: BTreeMap<Role, Actor>,
    pub houses: BTreeMap<String, House>,
    pub nobody: Actor,
    pub stranger: Actor,
    pub unbound: Chat,
}

/// A household of the file.
struct Plan {
    code: String,
    area: &'static str,
    worker: String,
    backup: String,
}

impl World {
    /// The code of the household that stands in this scope to a person of this role.
    pub fn code(role: Role, scope: Scope) -> String {
        match scope {
            Scope::Worker => format!("W-{}", role.word()),
            Scope::Backup => format!("B-{}", role.word()),
            Scope::Own | Scope::Covers => "H-grid".into(),
            Scope::Exact => "H-harbour".into(),
            Scope::Namesake => "H-namesake".into(),
            Scope::Above => "H-above".into(),
            Scope::Other => "H-elsewhere".into(),
        }
    }

    /// Builds all of it within one transaction.
    pub async fn build(tx: &mut Tx<'_>, ground: &Ground) -> Self {
        let today = morning(ground);
        let mut desk = Desk { tx, ground };
        desk.meet_bot().await;
        let staff = join_everybody(&mut desk).await;
        import(&mut desk, &plans(), today).await;
        let mut houses = BTreeMap::new();
        for (plan, number) in plans().into_iter().zip(1..) {
            let keeper = keeper(&plan, &staff);
            let house = open(&mut desk, &plan, number, keeper).await;
            houses.insert(house.code.clone(), house);
        }
        for time in ["08:01", "09:01", "10:01"] {
            desk.ground.clock.advance_to(instant(today, time));
            desk.everything_due().await;
        }
        for house in houses.values_mut() {
            strange(&mut desk, house).await;
            needs(&mut desk, house).await;
            worries(&mut desk, house).await;
        }
        // As if release had been asked for before any of this stood in its way.
        let all = "UPDATE household SET release_asked_by = worker_id";
        ask!(&mut *desk.tx, c => sqlx::query(all).execute(c).await.map(|_| ())).expect("asked");
        // As if every household had been offered to the volunteer, who has no other right to any.
        let offers = "INSERT INTO transfer (household_id, giver_id, receiver_id, asked_at)
             SELECT id, worker_id, (SELECT id FROM staff WHERE name = 'volunteer'), 0
             FROM household";
        ask!(&mut *desk.tx, c => sqlx::query(offers).execute(c).await.map(|_| ()))
            .expect("offered");
        let nobody = Actor::new(Who::Nobody, 1_087_968_824);
        let stranger = Actor::new(Who::Stranger, 777_001);
        let unbound = Chat { id: -999, kind: ChatKind::Group };
        let world = Self { staff, houses, nobody, stranger, unbound };
        world.show_everybody_everywhere(&mut desk).await;
        desk.deliver_all().await;
        world
    }

    /// Everybody whose rights are tried.
    pub fn actors(&self) -> Vec<Actor> {
        let own = &self.houses["H-grid"];
        let residents = [own.member, own.unknown, own.refused, self.nobody, self.stranger];
        residents.into_iter().chain(self.staff.values().copied()).collect()
    }

    /// Knows every chat and account, so that none is new when something is refused.
    async fn show_everybody_everywhere(&self, desk: &mut Desk<'_, '_>) {
        for actor in self.actors() {
            desk.know(actor.sender, actor.private).await;
        }
        desk.know(self.stranger.sender, self.unbound).await;
    }
}

fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut plan = |code: String, area, worker: &str, backup: &str| {
        plans.push(Plan { code, area, worker: worker.into(), backup: backup.into() });
    };
    for role in Role::VARIANTS {
        plan(World::code(*role, Scope::Worker), ELSEWHERE, role.word(), "");
        plan(World::code(*role, Scope::Backup), ELSEWHERE, "Wang", role.word());
    }
    plan("H-grid".into(), "Yantian/Haishan/Harbour/Grid 12", "Wang", "Bao");
    plan("H-harbour".into(), AREA, "Wang", "Bao");
    plan("H-namesake".into(), "Yantian/Haishan/Harbour East/Grid 1", "Wang", "Bao");
    plan("H-above".into(), "Yantian/Haishan", "Wang", "Bao");
    plan("H-elsewhere".into(), ELSEWHERE, "Wang", "Bao");
    plans
}

/// Twenty minutes before the first slot of tomorrow.
fn morning(ground: &Ground) -> NaiveDate {
    let today = ground.clock.now().utc().with_timezone(&ZONE).date_naive() + Days::new(1);
    ground.clock.advance_to(instant(today, "07:40"));
    today
}

fn instant(day: NaiveDate, time: &str) -> Timestamp {
    let time: NaiveTime = time.parse().expect("a time");
    let local = ZONE.from_local_datetime(&day.and_time(time)).single().expect("no gap");
    local.with_timezone(&chrono::Utc).into()
}

/// One person of every role for the area, and two workers who are nobody's case.
async fn join_everybody(desk: &mut Desk<'_, '_>) -> BTreeMap<Role, Actor> {
    let mut staff = BTreeMap::new();
    for (role, number) in Role::VARIANTS.iter().zip(9001..) {
        let actor = Actor::new(Who::Staff(*role), number);
        join(desk, role.word(), *role, AREA, actor).await;
        staff.insert(*role, actor);
    }
    join(desk, "Wang", Role::Worker, ELSEWHERE, wang()).await;
    join(desk, "Bao", Role::Worker, ELSEWHERE, Actor::new(Who::Staff(Role::Worker), 9102)).await;
    staff
}

fn wang() -> Actor {
    Actor::new(Who::Staff(Role::Worker), 9101)
}

async fn join(desk: &mut Desk<'_, '_>, name: &str, role: Role, area: &str, actor: Actor) {
    let now = desk.ground.clock.now();
    let area = area.parse().expect("an area");
    let invited = invite(desk.tx, name, role, &area, "", now).await.expect("an invitation");
    let text = format!("/start {}", invited.token);
    desk.says(actor.sender, actor.private, &text).await.expect("a welcome");
}

async fn import(desk: &mut Desk<'_, '_>, plans: &[Plan], today: NaiveDate) {
    let mut file = "household,area,building,unit,room,language,timezone,category,start_on,days,\
                    worker,backup,member,relation,birth_year,phone,labels\n"
        .to_owned();
    for Plan { code, area, worker, backup } in plans {
        for (member, relation) in [("Mum", "head"), ("Dad", "spouse")] {
            writeln!(
                file,
                "{code},{area},,,{code},en,Asia/Shanghai,,{today},14,{worker},{backup},{member},\
                 {relation},,,"
            )
            .expect("memory");
        }
    }
    let import = Import {
        languages: &desk.ground.languages,
        settings: &desk.ground.settings,
        now: desk.ground.clock.now(),
        update: false,
        first_look,
    };
    let outcome = import.run(desk.tx, file.as_bytes()).await.expect("an import");
    assert!(outcome.is_clean(), "{:?}", outcome.errors);
}

/// Who opens a household: its worker.
fn keeper(plan: &Plan, staff: &BTreeMap<Role, Actor>) -> Actor {
    let role = staff.keys().find(|role| role.word() == plan.worker);
    role.map_or_else(wang, |role| staff[role])
}

/// Opens a household by the contract's steps: one member known, one account silent, one turned away.
async fn open(desk: &mut Desk<'_, '_>, plan: &Plan, number: i64, keeper: Actor) -> House {
    let query = AssertSqlSafe(format!("SELECT id FROM household WHERE code = '{}'", plan.code));
    let row: i64 = ask!(&mut *desk.tx, c => sqlx::query_scalar(query).fetch_one(c).await).unwrap();
    let chat = Chat { id: -1000 - number, kind: ChatKind::Group };
    let person = |who, nth| Actor::new(who, 20_000 + 10 * number + nth);
    let (member, unknown) = (person(Who::Member, 0), person(Who::Unknown, 1));
    let refused = person(Who::Refused, 2);
    let link =
        make_link(desk.tx, row, "startgroup", desk.ground.clock.now()).await.expect("a link");
    desk.says(keeper.sender, chat, &format!("/link {}", link.token)).await.expect("bound");
    desk.becomes_administrator(keeper.sender, chat).await;
    let opener = person(Who::Member, 3).sender;
    let choose = Press::LanguageChoose { tag: "en".into() };
    desk.presses(opener, chat, choose).await.expect("a language");
    let acknowledge = Press::NoticeAcknowledge { version: 1 };
    desk.presses(opener, chat, acknowledge).await.expect("a notice");
    for (account, n) in [(member, Some(1)), (unknown, None), (refused, Some(2))] {
        desk.says(account.sender, chat, "good morning").await.expect("words");
        if let Some(n) = n {
            let asked = desk.who_message(account.sender, chat).await;
            let claim = Press::MemberClaim { n };
            desk.presses_on(account.sender, chat, claim, asked).await.expect("a claim");
        }
    }
    let Sender::Person(telegram_id) = refused.sender else { unreachable!("a person") };
    let refuse = Press::MemberRefuse { household: plan.code.clone(), telegram_id };
    desk.presses(keeper.sender, keeper.private, refuse).await.expect("turned away");
    let who_message = desk.who_message(unknown.sender, chat).await;
    let (none, code) = (0, plan.code.clone());
    House {
        code,
        row,
        chat,
        keeper,
        member,
        unknown,
        refused,
        who_message,
        question: none,
        overdue: AlertRef(none),
        danger: AlertRef(none),
        stranger: AlertRef(none),
        counted: AlertRef(none),
        requested: RequestRef(none),
        delivered: RequestRef(none),
    }
}

/// An account that was refused and is still there; and one more than belong there, as if everybody had
/// been in for a moment.
async fn strange(desk: &mut Desk<'_, '_>, house: &mut House) {
    let settled = |at: &str, ours: &str| {
        format!(
            "UPDATE household SET settled_in_at = {at}, member_count = {ours} WHERE id = {}",
            house.row
        )
    };
    let (before, after) = (settled("1", "3"), settled("NULL", "3"));
    desk.change(&before).await;
    desk.counts(house.chat, 9).await;
    desk.change(&after).await;
    let alerts = desk.ids("alert", house.row, "AND kind = 'stranger'").await;
    (house.stranger, house.counted) = (AlertRef(alerts[0]), AlertRef(alerts[1]));
}

/// One request that nobody has, one that stands at the door.
async fn needs(desk: &mut Desk<'_, '_>, house: &mut House) {
    for text in ["/need rice", "/need milk"] {
        desk.says(house.member.sender, house.chat, text).await.expect("a request");
    }
    let ids = desk.ids("supply_request", house.row, "").await;
    house.requested = RequestRef(ids[0]);
    house.delivered = RequestRef(ids[1]);
    let deliver = Press::NeedDeliver { r#ref: house.delivered };
    desk.presses(house.keeper.sender, house.keeper.private, deliver).await.expect("delivered");
}

/// A danger, a late report, and a value that is asked about.
async fn worries(desk: &mut Desk<'_, '_>, house: &mut House) {
    let (who, chat) = (house.member.sender, house.chat);
    desk.presses(who, chat, Press::EmergencyPress {}).await.expect("heard");
    house.danger = AlertRef(desk.ids("alert", house.row, "AND kind = 'danger'").await[0]);
    house.overdue = AlertRef(desk.ids("alert", house.row, "AND kind = 'overdue'").await[0]);
    desk.says(who, chat, "367").await.expect("a question");
    house.question = desk.last_message(chat, "reading-confirm").await;
}
