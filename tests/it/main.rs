//! The tests from the outside: the real binary, a pretend Telegram, real databases; and those of the
//! words, the readings and the pretend Telegram itself. One test binary, a module per subject.

mod support;

mod breaks;
mod calling;
mod command_line;
mod commands;
mod danger;
mod day;
mod demo;
mod faults;
mod floors;
mod ground;
mod hand_over;
mod held;
mod import;
mod inside;
mod killing;
mod life;
mod manual;
mod metrics;
mod official;
mod opening;
mod overdue;
mod performance_plan;
mod policy;
mod readings;
mod relay;
mod release;
mod reports;
mod retention;
mod sandbox;
mod serving;
mod standing;
mod strangers;
mod supply;
mod talk;
mod ways_in;
mod webhook;
mod words;
