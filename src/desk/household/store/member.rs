//! What an import writes of a member, and the numbers by which a household is called.

use crate::base::store::{Tx, execute, on};
use crate::desk::household::file::Relation;

/// A member as an import writes it. What is `None` stays as it is.
pub(crate) struct NewMember<'n> {
    pub n: i64,
    pub name: &'n str,
    pub relation: Relation,
    pub birth_year: Option<i64>,
    pub phone: &'n str,
    pub phone2: Option<&'n str>,
    pub phone_owner: Option<&'n str>,
}

/// Writes a member's row, new or changed.
pub(crate) async fn put_member(
    tx: &mut Tx<'_>,
    household: i64,
    new: &NewMember<'_>,
) -> sqlx::Result<()> {
    execute!(
        tx,
        sqlx::query(
            "INSERT INTO member (household_id, n, name, relation, birth_year, phone, phone2,
                 phone_owner)
         VALUES ($1, $2, $3, $4, $5, $6, COALESCE($7, ''), COALESCE($8, ''))
         ON CONFLICT (household_id, n) DO UPDATE
         SET name = excluded.name, relation = excluded.relation,
             birth_year = excluded.birth_year, phone = excluded.phone,
             phone2 = COALESCE($7, member.phone2),
             phone_owner = COALESCE($8, member.phone_owner)"
        )
        .bind(household)
        .bind(new.n)
        .bind(new.name)
        .bind(new.relation)
        .bind(new.birth_year)
        .bind(new.phone)
        .bind(new.phone2)
        .bind(new.phone_owner)
    )
    .map(|_| ())
}

/// The numbers of a member; empty where none is known.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub(crate) struct Phones {
    pub phone: String,
    pub phone2: String,
    /// To whom the first number belongs, if not to the member.
    pub phone_owner: String,
}

/// The numbers of a household's members, in the order of its file.
pub(crate) async fn phones(tx: &mut Tx<'_>, household: i64) -> sqlx::Result<Vec<Phones>> {
    on!(tx, c => sqlx::query_as(
        "SELECT phone, phone2, phone_owner FROM member WHERE household_id = $1 ORDER BY n")
        .bind(household).fetch_all(c).await)
}
