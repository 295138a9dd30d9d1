//! The household's file: whose phone it is, a second number, and who may look.

use std::fmt::Write as _;

use serde_json::json;

use crate::support::home::word;
use crate::support::on_both;
use crate::support::spec::{GRID, HouseholdSpec, csv};
use crate::support::town::Town;

const NUMBERS: [(&str, &str, &str); 2] =
    [("13800000001", "13900000001", "爷爷"), ("13800000002", "", "")];

/// The file of 3-502 with the further columns.
async fn with_numbers(town: &Town) -> String {
    let plain = csv(&[HouseholdSpec::new("3-502")], town.today().await);
    let mut lines = plain.lines();
    let header = lines.next().expect("a header");
    let mut file = format!("{header},phone2,phone_owner\n");
    for (line, (phone, phone2, owner)) in lines.zip(NUMBERS) {
        // The row ends with its phone and its labels, both empty.
        let start = line.strip_suffix(",,").expect("an empty phone");
        writeln!(file, "{start},{phone},,{phone2},{owner}").expect("memory");
    }
    file
}

on_both!(a_second_number_and_its_owner_stand_on_the_file, async |town| {
    let cast = town.cast().await;
    let file = with_numbers(town).await;
    let imported = town.import_text(&file, &[]).await;
    assert_eq!(imported.code, Some(0), "{}{}", imported.stdout, imported.stderr);
    let shown = town.program.json(&["household", "show", "3-502"]).await;
    let mum = &shown["members"][0];
    assert_eq!((&mum["phone"], &mum["phone2"]), (&json!("13800000001"), &json!("13900000001")));
    assert_eq!(mum["phone_owner"], "爷爷");
    assert_eq!(shown["members"][1]["phone2"], json!(null));
    assert_eq!(shown["state"], "imported");

    cast.wang.says("/file 3-502").await;
    let told = cast.wang.newest("file-view").await.text;
    for known in ["妈妈", "13800000001", "13900000001", "爷爷", "13800000002"] {
        assert!(told.contains(known), "{known}: {told}");
    }
    let list = town.program.json(&["household", "list"]).await;
    assert!(list[0]["members"][0].get("phone").is_none(), "the list stays as it was");
});

on_both!(a_file_without_the_further_columns_leaves_them_alone, async |town| {
    town.cast().await;
    town.import_text(&with_numbers(town).await, &[]).await;
    let again = town.import_text(&with_numbers(town).await, &[]).await.json();
    assert_eq!(again["households"]["unchanged"], 1);
    let plain = csv(&[HouseholdSpec::new("3-502").lasts(7)], town.today().await);
    let plain = plain.replace(",妈妈,head,,,", ",妈妈,head,,13800000001,");
    let plain = plain.replace(",爸爸,other,,,", ",爸爸,other,,13800000002,");
    let updated = town.import_text(&plain, &["--update"]).await;
    assert_eq!(updated.code, Some(0), "{}", updated.stdout);
    let shown = town.program.json(&["household", "show", "3-502"]).await;
    assert_eq!(
        (&shown["days"], &shown["members"][0]["phone2"]),
        (&json!(7), &json!("13900000001"))
    );

    let changed = with_numbers(town).await.replace("13900000001", "letters");
    let refused = town.import_text(&changed, &["--update"]).await;
    assert_eq!(refused.code, Some(2));
    let errors = &refused.json()["errors"];
    assert!(errors.as_array().unwrap().iter().any(|e| e["column"] == "phone2"), "{errors}");
});

on_both!(a_file_is_for_those_who_look_after_the_household, async |town| {
    let cast = town.cast().await;
    let doctor = town.staff("Hua", "doctor", GRID).await;
    let other = town.staff("Zhou", "worker", GRID).await;
    town.import_text(&with_numbers(town).await, &[]).await;
    for who in [&cast.wang, &cast.lin, &cast.ou] {
        who.says("/file 3-502").await;
        who.last("file-view").await;
    }
    for who in [&doctor, &other] {
        let mark = town.mark().await;
        who.says("/file 3-502").await;
        assert_eq!(who.heard_since(mark).await, ["file-unknown"]);
        who.says("/file").await;
        assert_eq!(who.heard_since(mark).await, ["file-unknown", "file-unknown"]);
    }
    let unknown = town.program.run(&["household", "show", "9-999", "--json"]).await;
    assert_eq!(unknown.code, Some(2));
});

on_both!(the_links_that_hold_stand_on_the_file, async |town| {
    town.cast().await;
    town.household(HouseholdSpec::new("3-502")).await;
    town.link("3-502").await;
    town.program.json(&["household", "link", "3-502", "--member", "2"]).await;
    let links = town.program.json(&["household", "show", "3-502"]).await["links"].clone();
    let kinds: Vec<String> =
        links.as_array().unwrap().iter().map(|link| word(&link["kind"])).collect();
    assert_eq!(kinds, ["startgroup", "person"]);
    assert_eq!(links[1]["member"], 2);
    town.advance("48h").await;
    let links = town.program.json(&["household", "show", "3-502"]).await["links"].clone();
    assert_eq!(links, json!([]));
});
