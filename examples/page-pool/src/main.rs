//! Plays a trace of VMQ queue set-ups and tear-downs through the provider's C pointers.
//!
//! Without an argument the trace is the committed one; otherwise it is the file named. Ends with 1 if anything is
//! wrong, with 2 if the trace cannot be read.

use std::process::ExitCode;

use page_pool::{play, trace};

fn main() -> ExitCode {
    let (name, text) = match std::env::args_os().nth(1) {
        None => (trace::FILE.to_owned(), include_str!("../trace/vmq.trace").to_owned()),
        Some(path) => match std::fs::read_to_string(&path) {
            Ok(text) => (path.display().to_string(), text),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                return ExitCode::from(2);
            }
        },
    };
    let trace = match trace::parse(&text) {
        Ok(trace) => trace,
        Err(error) => {
            eprintln!("{name}:{}: {}", error.line, error.sentence);
            return ExitCode::from(2);
        }
    };
    match play::play(&trace) {
        Ok(account) => {
            print!("{account}");
            if account.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(status) => {
            eprintln!("the driver cannot be registered: {status}");
            ExitCode::FAILURE
        }
    }
}
