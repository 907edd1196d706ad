//! Wine, in a prefix of its own, which is made when it is first needed. Its server runs as long as a [`Wine`] lives.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::host::{Host, checked, printed};

const WINE: [&str; 3] = ["/usr/lib/wine/wine64", "wine64", "wine"];
const SERVER: [&str; 3] = ["/usr/lib/wine/wineserver64", "wineserver64", "wineserver"];

/// A running Wine.
#[derive(Debug)]
pub(crate) struct Wine {
    pub(crate) program: PathBuf,
    server: PathBuf,
    prefix: PathBuf,
}

impl Host {
    /// Wine and its server, if they are installed.
    pub(crate) fn wine(&self) -> Option<(PathBuf, PathBuf)> {
        Some((self.program(&WINE)?, self.program(&SERVER)?))
    }

    /// The only Wine prefix that is ever touched.
    fn prefix(&self) -> PathBuf {
        self.out.join("wine")
    }
}

impl Wine {
    /// Starts Wine's server. The prefix is made before, if there is none.
    pub(crate) fn start(host: &Host) -> Result<Wine, String> {
        let (program, server) = host.wine().ok_or("Wine is not installed")?;
        let wine = Wine { program, server, prefix: host.prefix() };
        // A server of a run that was killed would be another's.
        wine.stop();
        let ready = wine.prefix.join("ready");
        if !ready.exists() {
            wine.make(host)?;
            fs::write(&ready, "").map_err(|error| format!("{}: {error}", ready.display()))?;
        }
        checked(wine.environment(Command::new(&wine.server).arg("-p60")))?;
        Ok(wine)
    }

    fn make(&self, host: &Host) -> Result<(), String> {
        println!("making a Wine prefix in {}", self.prefix.display());
        if self.prefix.exists() {
            fs::remove_dir_all(&self.prefix).map_err(|error| format!("{}: {error}", self.prefix.display()))?;
        }
        printed(self.environment(Command::new(&self.program).args(["wineboot", "--init"])))?;
        checked(self.environment(Command::new(&self.server).arg("-w")))?;
        let library = self.prefix.join("drive_c/windows/system32/bcryptprimitives.dll");
        if !library.exists() {
            let mut gcc = Command::new("x86_64-w64-mingw32-gcc");
            gcc.args(["-O2", "-s", "-shared", "-o"]).arg(&library);
            checked(gcc.arg(host.root.join("windows/c/bcryptprimitives.c")).arg("-ladvapi32"))?;
        }
        Ok(())
    }

    /// Gives a command what a program under Wine needs; cargo hands it on.
    pub(crate) fn environment<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("WINEPREFIX", &self.prefix).env("WINEARCH", "win64").env("WINEDEBUG", "-all");
        command.env("WINESERVER", &self.server).env("RUST_BACKTRACE", "0");
        // No questions at the first start, and no debugger when a program ends abnormally.
        command.env("WINEDLLOVERRIDES", "mscoree=;mshtml=;winemenubuilder.exe=d;winedbg.exe=d");
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("LD_LIBRARY_PATH")
    }

    /// Ends every program in the prefix, and waits until they have ended.
    fn stop(&self) {
        if !self.prefix.exists() {
            return;
        }
        for option in ["-k", "-w"] {
            let mut server = Command::new(&self.server);
            let _ = self.environment(server.arg(option)).stderr(Stdio::null()).status();
        }
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The processes that still run in the prefix.
pub(crate) fn left(host: &Host) -> Vec<String> {
    let mut wanted = OsStr::new("WINEPREFIX=").as_encoded_bytes().to_vec();
    wanted.extend(host.prefix().as_os_str().as_encoded_bytes());
    let mut left = Vec::new();
    for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let read = |file: &str| fs::read(Path::new(&process.path()).join(file)).unwrap_or_default();
        if read("environ").split(|byte| *byte == 0).any(|variable| variable == wanted) {
            let name = String::from_utf8_lossy(&read("comm")).trim().to_owned();
            left.push(format!("{} {name}", process.file_name().display()));
        }
    }
    left
}
