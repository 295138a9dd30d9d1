//! Which member somebody in a household's chat is, or that they are a stranger there.

use super::file::{Household, Member};
use super::store;
use crate::base::chat::AccountId;
use crate::base::store::Tx;
use crate::desk::who::Who;

/// Which member somebody is: the claims of an account in a household.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The members the account stands for, in the order in which it said so.
    pub members: Vec<Member>,
    /// Whether the account is not of this household: staff have said so, or everybody was in and it is
    /// none of them.
    pub stranger: bool,
}

impl Identity {
    /// Who did something, for timelines.
    #[must_use]
    pub fn who(&self) -> Who {
        self.members.first().map_or(Who::Unknown, |member| Who::Member(member.n))
    }

    /// The member an account speaks of when it names none, if there is exactly one.
    #[must_use]
    pub fn only(&self) -> Option<&Member> {
        match self.members.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// Who an account is in a household. In a household of one everybody is that one, until everybody is
/// in, and unless staff have said that the account is not of this household.
///
/// # Errors
/// When the database is away.
pub async fn identify(
    tx: &mut Tx<'_>,
    household: &Household,
    members: &[Member],
    account: AccountId,
) -> sqlx::Result<Identity> {
    if store::is_refused(tx, household.id, account).await? {
        return Ok(Identity { members: Vec::new(), stranger: true });
    }
    if let ([only], false) = (members, household.is_settled()) {
        return Ok(Identity { members: vec![only.clone()], stranger: false });
    }
    let claims = store::claims(tx, household.id).await?;
    let mine = claims.iter().filter(|claim| claim.account_id == account);
    let members: Vec<Member> = mine
        .filter_map(|claim| members.iter().find(|member| member.id == claim.member_id).cloned())
        .collect();
    let stranger = members.is_empty() && household.is_settled();
    Ok(Identity { members, stranger })
}
