//! Rows as the lists of the command line show them: whole tables, each in one query.

use chrono::NaiveDate;

use crate::base::chat::ChatId;
use crate::base::clock::Timestamp;
use crate::base::store::{Tx, on};
use crate::desk::choice::Why;
use crate::desk::escalation::alert::{AlertRef, Kind};
use crate::desk::household::file::Relation;
use crate::desk::reference::StaffId;

/// The platform's id of every chat.
pub(super) async fn chats(tx: &mut Tx<'_>) -> sqlx::Result<Vec<(ChatId, Option<i64>)>> {
    on!(tx, c => sqlx::query_as("SELECT id, telegram_id FROM chat").fetch_all(c).await)
}

/// The platform's id of everybody of the staff who has joined.
pub(super) async fn staff_accounts(tx: &mut Tx<'_>) -> sqlx::Result<Vec<(StaffId, i64)>> {
    on!(tx, c => sqlx::query_as(
        "SELECT staff.id, account.telegram_id FROM staff
         JOIN account ON account.id = staff.account_id")
        .fetch_all(c).await)
}

/// A member of any household.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct MemberRow {
    pub household_id: i64,
    pub id: i64,
    pub n: i64,
    pub name: String,
    pub relation: Relation,
    pub muted_why: Option<Why>,
}

pub(super) async fn members(tx: &mut Tx<'_>) -> sqlx::Result<Vec<MemberRow>> {
    on!(tx, c => sqlx::query_as(
        "SELECT household_id, id, n, name, relation, muted_why FROM member
         ORDER BY household_id, n")
        .fetch_all(c).await)
}

/// An account that speaks for a member, or for a household.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Spoken {
    pub owner: i64,
    pub telegram_id: i64,
    pub language: Option<String>,
}

/// The accounts that said which member they are, by member.
pub(super) async fn claims(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Spoken>> {
    on!(tx, c => sqlx::query_as(
        "SELECT claim.member_id AS owner, account.telegram_id, account.language FROM claim
         JOIN account ON account.id = claim.account_id
         WHERE claim.refused_at IS NULL ORDER BY claim.claimed_at, account.id")
        .fetch_all(c).await)
}

/// The accounts in the households' chats that are neither staff nor refused, by household.
pub(super) async fn present(tx: &mut Tx<'_>) -> sqlx::Result<Vec<Spoken>> {
    on!(tx, c => sqlx::query_as(
        "SELECT household.id AS owner, account.telegram_id, account.language FROM presence
         JOIN household ON household.chat_id = presence.chat_id
         JOIN account ON account.id = presence.account_id
         WHERE presence.left_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM staff
               WHERE staff.account_id = account.id AND staff.state = 'active')
           AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.household_id = household.id
               AND claim.account_id = account.id AND claim.refused_at IS NOT NULL)
         ORDER BY account.id")
        .fetch_all(c).await)
}

/// The latest report of a member that was not superseded.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct LatestReport {
    pub member_id: i64,
    pub tenths: i64,
    pub said_at: Timestamp,
    pub slot_on: Option<NaiveDate>,
    pub slot_no: Option<i64>,
}

pub(super) async fn latest_reports(tx: &mut Tx<'_>) -> sqlx::Result<Vec<LatestReport>> {
    on!(tx, c => sqlx::query_as(
        "SELECT member_id, tenths, said_at, slot_on, slot_no FROM (
             SELECT report.member_id, report.tenths, report.said_at, slot.slot_on, slot.slot_no,
                 row_number() OVER (PARTITION BY report.member_id
                     ORDER BY report.said_at DESC, report.id DESC) AS place
             FROM report LEFT JOIN slot ON slot.id = report.slot_id
             WHERE report.superseded_at IS NULL) AS latest
         WHERE place = 1")
        .fetch_all(c).await)
}

/// An alert that still waits for a person.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct OpenAlert {
    pub household_id: i64,
    pub id: AlertRef,
    pub kind: Kind,
    pub raised_at: Timestamp,
}

pub(super) async fn open_alerts(tx: &mut Tx<'_>) -> sqlx::Result<Vec<OpenAlert>> {
    on!(tx, c => sqlx::query_as(
        "SELECT household_id, id, kind, raised_at FROM alert WHERE state <> 'resolved' ORDER BY id")
        .fetch_all(c).await)
}

/// The households with an urgent request that is not met yet.
pub(super) async fn urgent_requests(tx: &mut Tx<'_>) -> sqlx::Result<Vec<i64>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT DISTINCT household_id FROM supply_request
         WHERE urgent AND state IN ('requested', 'accepted', 'bought', 'on_the_way', 'incomplete')")
        .fetch_all(c).await)
}

/// The codes of the households in follow-up whose chat is shut to us.
pub(super) async fn shut_out(tx: &mut Tx<'_>) -> sqlx::Result<Vec<String>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT household.code FROM household JOIN chat ON chat.id = household.chat_id
         WHERE chat.closed_at IS NOT NULL
           AND household.state IN ('binding', 'active', 'held', 'muted')
         ORDER BY household.code")
        .fetch_all(c).await)
}

/// The codes of the households in follow-up whose group we do not hear.
pub(super) async fn unheard(tx: &mut Tx<'_>) -> sqlx::Result<Vec<String>> {
    on!(tx, c => sqlx::query_scalar(
        "SELECT household.code FROM household JOIN chat ON chat.id = household.chat_id
         WHERE household.channel = 'group' AND chat.closed_at IS NULL
           AND household.state IN ('binding', 'active', 'held', 'muted')
           AND (household.heard_at IS NULL OR EXISTS (SELECT 1 FROM alert
               WHERE alert.household_id = household.id AND alert.kind = 'unheard'
                 AND alert.state <> 'resolved'))
         ORDER BY household.code")
        .fetch_all(c).await)
}

/// How many updates and letters are given up and wait for a look.
pub(super) async fn dead_rows(tx: &mut Tx<'_>) -> sqlx::Result<(i64, i64)> {
    on!(tx, c => sqlx::query_as(
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'dead'),
                (SELECT count(*) FROM outbox WHERE state = 'dead')")
        .fetch_one(c).await)
}
