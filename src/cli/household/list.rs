//! `doorstep household list`: every household as it stands. Each table is read once, however many
//! households there are.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::colour::Colour;
use crate::base::chat::ChatId;
use crate::base::clock::Timestamp;
use crate::base::store::{Db, Tx};
use crate::cli::store::{self, LatestReport, MemberRow, OpenAlert, Spoken};
use crate::cli::{clock, output};
use crate::config::Settings;
use crate::desk::health_check::reading::Celsius;
use crate::desk::household::file::{Household, State};
use crate::desk::household::store as households;
use crate::desk::reference::StaffId;
use crate::desk::staff::person::shown;
use crate::desk::staff::store as staff;

pub(super) async fn run(settings: &Settings, db: &Db, json: bool) -> anyhow::Result<()> {
    let mut tx = db.read().await?;
    let now = clock(settings, &mut tx).await?.now();
    let mut households = households::all(&mut tx).await?;
    // Databases differ in how they sort texts.
    households.sort_by(|one, other| one.code.cmp(&other.code));
    let register = Register::read(&mut tx, now).await?;
    if json {
        let values: Vec<Value> = households.iter().map(|one| register.household(one)).collect();
        return Ok(output::json(&values)?);
    }
    let lines: Vec<[String; 7]> = households.iter().map(|one| register.line(one)).collect();
    Ok(output::columns(&lines)?)
}

/// What belongs to households, by household or by member.
pub(super) struct Register {
    now: Timestamp,
    names: BTreeMap<StaffId, String>,
    chats: BTreeMap<ChatId, Option<i64>>,
    members: BTreeMap<i64, Vec<MemberRow>>,
    accounts: BTreeMap<i64, Vec<Spoken>>,
    latest: BTreeMap<i64, LatestReport>,
    alerts: BTreeMap<i64, Vec<OpenAlert>>,
    urgent: BTreeSet<i64>,
}

impl Register {
    pub(super) async fn read(tx: &mut Tx<'_>, now: Timestamp) -> sqlx::Result<Self> {
        let members = grouped(store::members(tx).await?, |member| member.household_id);
        let mut accounts = grouped(store::claims(tx).await?, |spoken| spoken.owner);
        // In a household of one everybody in the chat is that one, and nobody is asked.
        let mut present = grouped(store::present(tx).await?, |spoken| spoken.owner);
        for (household, members) in &members {
            if let ([only], Some(present)) = (members.as_slice(), present.remove(household)) {
                accounts.entry(only.id).or_insert(present);
            }
        }
        let names = staff::all(tx).await?.into_iter().map(|one| (one.id, one.name)).collect();
        let latest = store::latest_reports(tx).await?.into_iter();
        Ok(Self {
            now,
            names,
            chats: store::chats(tx).await?.into_iter().collect(),
            members,
            accounts,
            latest: latest.map(|report| (report.member_id, report)).collect(),
            alerts: grouped(store::open_alerts(tx).await?, |alert| alert.household_id),
            urgent: store::urgent_requests(tx).await?.into_iter().collect(),
        })
    }

    pub(super) fn household(&self, one: &Household) -> Value {
        // What is left of a purged household's members is their number.
        let purged = one.state == State::Purged;
        let members = of(&self.members, one.id).iter().filter(|_| !purged);
        let members: Vec<Value> = members.map(|m| self.member(one, m)).collect();
        let alerts: Vec<String> =
            of(&self.alerts, one.id).iter().map(|a| a.id.to_string()).collect();
        json!({
            "household": one.code,
            "area": shown(&one.area),
            "door": one.door(),
            "state": one.state.word(),
            "status": self.colour(one).word(),
            "channel": one.channel.word(),
            "bot_id": one.bot_id,
            "chat_id": one.chat_id.and_then(|chat| self.chats.get(&chat)),
            "language": one.language_tag(),
            "timezone": one.timezone,
            "day": one.day_of(self.now),
            "days": one.days,
            "start_on": one.start_on,
            "ends_on": one.ends_on(),
            "worker": self.names.get(&one.worker_id),
            "backup": one.backup_id.and_then(|backup| self.names.get(&backup)),
            "members": members,
            "open_alerts": alerts,
        })
    }

    fn member(&self, one: &Household, member: &MemberRow) -> Value {
        // What was reported in an earlier period is in the timeline.
        let latest = self.latest.get(&member.id);
        let latest = latest.filter(|report| report.said_at >= one.imported_at);
        let accounts = of(&self.accounts, member.id);
        let ids: Vec<i64> = accounts.iter().map(|spoken| spoken.telegram_id).collect();
        let language = accounts.iter().find_map(|spoken| spoken.language.as_deref());
        json!({
            "n": member.n,
            "name": member.name,
            "relation": member.relation.word(),
            "telegram_ids": ids,
            "language": language,
            "last": latest.map(last),
            "muted": member.muted_why.map(crate::desk::choice::Why::word),
        })
    }

    fn colour(&self, one: &Household) -> Colour {
        let open = of(&self.alerts, one.id).iter().map(|alert| (alert.kind, alert.raised_at));
        Colour::of(one.state, open, self.urgent.contains(&one.id), self.now)
    }

    fn line(&self, one: &Household) -> [String; 7] {
        let colour = self.colour(one);
        let alerts: Vec<String> =
            of(&self.alerts, one.id).iter().map(|a| a.id.to_string()).collect();
        [
            one.code.clone(),
            format!("{} {}", colour.shape(), colour.word()),
            one.state.word().to_owned(),
            one.channel.word().to_owned(),
            format!("day {}/{}", one.day_of(self.now), one.days),
            people(of(&self.members, one.id).len()),
            alerts.join(" "),
        ]
    }
}

fn last(report: &LatestReport) -> Value {
    let tenths = i32::try_from(report.tenths).unwrap_or(i32::MAX);
    json!({
        "celsius": Celsius::from_tenths(tenths),
        "at": report.said_at,
        "slot_on": report.slot_on,
        "slot_no": report.slot_no,
    })
}

fn people(number: usize) -> String {
    if number == 1 { "1 member".to_owned() } else { format!("{number} members") }
}

fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> i64) -> BTreeMap<i64, Vec<T>> {
    let mut groups: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}

fn of<T>(groups: &BTreeMap<i64, Vec<T>>, key: i64) -> &[T] {
    groups.get(&key).map_or(&[], Vec::as_slice)
}
