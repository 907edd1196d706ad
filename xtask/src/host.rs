//! This machine: where the repository is, and which compilers there are.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::rustup::{Rustup, VARIABLE};

/// 64-bit user mode programs, and drivers.
pub(crate) const X86_64_GNU: &str = "x86_64-pc-windows-gnu";
/// Drivers.
pub(crate) const X86_64_MSVC: &str = "x86_64-pc-windows-msvc";
pub(crate) const AARCH64_MSVC: &str = "aarch64-pc-windows-msvc";
/// 32-bit code for the same linker.
pub(crate) const I686_MSVC: &str = "i686-pc-windows-msvc";
/// 32-bit code.
pub(crate) const I686_GNU: &str = "i686-pc-windows-gnu";

/// What is known of this machine.
#[derive(Debug)]
pub(crate) struct Host {
    /// The repository.
    pub(crate) root: PathBuf,
    /// Where everything goes that the parts make, inside cargo's target directory.
    pub(crate) out: PathBuf,
    pub(crate) rustup: Rustup,
}

impl Host {
    pub(crate) fn find() -> Result<Host, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in the repository").to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
        let target = std::path::absolute(target).map_err(|error| format!("the target directory: {error}"))?;
        let out = target.join("windows");
        fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        let sysroot = printed(Command::new(rustc()).args(["--print", "sysroot"]))?;
        let rustup = Rustup::find(Path::new(sysroot.trim()).join("lib/rustlib"));
        rustup.unchanged()?;
        Ok(Host { root, out, rustup })
    }

    /// Keeps a second run in the same target directory out until the file is closed.
    pub(crate) fn lock(&self) -> Result<File, String> {
        let path = self.out.join("lock");
        let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if file.try_lock().is_err() {
            println!("waiting for another run in {}", self.out.display());
            file.lock().map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(file)
    }

    /// Where cargo puts what it builds for Windows.
    pub(crate) fn build(&self) -> PathBuf {
        self.out.join("build")
    }

    /// Cargo for `target`: rustup's where it has the target, otherwise Debian's, which builds `std` (those crates of
    /// it that are named) from Debian's sources.
    pub(crate) fn cargo(&self, target: &str, std: &str, arguments: &[&str]) -> Command {
        let mut cargo;
        if self.rustup.has(target) {
            cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        } else {
            cargo = Command::new("/usr/bin/cargo");
            cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTDOC", "/usr/bin/rustdoc");
            cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_BUILD_STD", std);
            if !std.contains("std") {
                cargo.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "compiler-builtins-mem");
            }
            // Cargo points it at the libraries of the compiler that built this program.
            cargo.env_remove("LD_LIBRARY_PATH").env_remove("RUSTUP_TOOLCHAIN");
        }
        let (command, rest) = arguments.split_first().expect("a cargo command");
        cargo.arg(command).arg("--target").arg(target).arg("--target-dir").arg(self.build()).args(rest);
        cargo.current_dir(&self.root).env_remove("CARGO_TARGET_DIR").env("RUST_BACKTRACE", "0");
        // They would come before the flags that a part sets for its target.
        cargo.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
        cargo.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", "x86_64-w64-mingw32-gcc");
        cargo.env("CARGO_TARGET_I686_PC_WINDOWS_GNU_LINKER", "i686-w64-mingw32-gcc");
        cargo
    }

    /// The cargo and the compiler that build for `target`.
    pub(crate) fn compiler(&self, target: &str) -> Result<String, String> {
        let (cargo, rustc) = match self.rustup.has(target) {
            true => (env::var_os("CARGO").unwrap_or("cargo".into()), rustc()),
            false => ("/usr/bin/cargo".into(), "/usr/bin/rustc".into()),
        };
        Ok(format!("{}, {}", version(Path::new(&cargo))?, version(Path::new(&rustc))?))
    }

    /// A script of the repository that builds drivers and loads them into Wine's kernel. They share a Wine prefix.
    pub(crate) fn script(&self, path: &str) -> Command {
        let mut script = Command::new("bash");
        script.arg(self.root.join(path)).env("CARGO_TARGET_DIR", self.out.join("kernel"));
        script.env(VARIABLE, self.rustup.told());
        // What cargo sets for this program is not for the compilers that the scripts choose.
        script.env_remove("LD_LIBRARY_PATH").env_remove("CARGO");
        script
    }

    /// The first of these programs that is there, by name in PATH or by its whole path.
    pub(crate) fn program(&self, names: &[&str]) -> Option<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        names.iter().find_map(|name| match name.starts_with('/') {
            true => Some(PathBuf::from(name)).filter(|path| path.is_file()),
            false => env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file()),
        })
    }
}

fn rustc() -> OsString {
    env::var_os("RUSTC").unwrap_or("rustc".into())
}

/// What a program says about its version, in its first line.
pub(crate) fn version(program: &Path) -> Result<String, String> {
    let mut command = Command::new(program);
    // As in `Host::cargo`.
    let said = printed(command.arg("--version").env_remove("LD_LIBRARY_PATH"))?;
    Ok(said.lines().next().unwrap_or_default().to_owned())
}

/// Runs `command`, whose output goes where this program's goes.
pub(crate) fn checked(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    if status.success() { Ok(()) } else { Err(format!("{status}: {}", shown(command))) }
}

/// The command line, without the environment.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs `command` and gives back what it printed to standard output.
pub(crate) fn printed(command: &mut Command) -> Result<String, String> {
    let Output { status, stdout, stderr } =
        command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    let stdout = String::from_utf8_lossy(&stdout).into_owned();
    if status.success() {
        return Ok(stdout);
    }
    Err(format!("{status}: {}\n{stdout}{}", shown(command), String::from_utf8_lossy(&stderr)))
}
