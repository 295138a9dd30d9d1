//! The ways in: a group that the worker chooses by one button, whatever the app makes of it; and
//! personal links, by which the account that used the token comes in and nobody else. And what staff learn
//! of a household: its file, its numbers, the questions that it is asked once.

mod file;
mod group;
mod intake;
mod person;
