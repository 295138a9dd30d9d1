//! Rebuilds when a text or a migration is added: both are compiled into the binary.

fn main() {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=migrations");
}
