//! `check-image FILE x86_64|aarch64 [MODULE...]`: is this PE file a driver that the Windows kernel can load?
//!
//! Prints what it imports. Fails unless the image is native, for this machine, can be moved, has no section that is
//! both writable and executable, and imports from the given modules of the kernel only.

use std::process::ExitCode;

/// What a driver may import from when the command line does not say otherwise.
const KERNEL: [&str; 3] = ["ndis.sys", "ntoskrnl.exe", "hal.dll"];

/// A PE32+ file.
struct Image<'a> {
    bytes: &'a [u8],
    /// Where the file header starts, behind the signature.
    file_header: usize,
}

/// Places in the file header, the optional header behind it, and the section headers behind that.
mod at {
    pub const SECTIONS: usize = 2;
    pub const OPTIONAL_SIZE: usize = 16;
    pub const CHARACTERISTICS: usize = 18;
    pub const OPTIONAL: usize = 20;
    pub const ENTRY: usize = OPTIONAL + 16;
    pub const CHECKSUM: usize = OPTIONAL + 64;
    pub const SUBSYSTEM: usize = OPTIONAL + 68;
    pub const DLL_CHARACTERISTICS: usize = OPTIONAL + 70;
    pub const DIRECTORIES: usize = OPTIONAL + 112;
    pub const SECTION_SIZE: usize = 40;
    pub const IMPORT_SIZE: usize = 20;
}

impl<'a> Image<'a> {
    fn new(bytes: &'a [u8]) -> Option<Image<'a>> {
        let mut image = Image { bytes, file_header: 0 };
        let signature = image.u32(0x3c)? as usize;
        image.file_header = signature.checked_add(4)?;
        let is_pe32_plus = image.header(at::OPTIONAL)? == 0x20b;
        (bytes.get(signature..image.file_header)? == b"PE\0\0" && is_pe32_plus).then_some(image)
    }

    fn u16(&self, offset: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.bytes.get(offset..offset + 2)?.try_into().ok()?))
    }

    fn u32(&self, offset: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes.get(offset..offset + 4)?.try_into().ok()?))
    }

    fn u64(&self, offset: usize) -> Option<u64> {
        Some(u64::from_le_bytes(self.bytes.get(offset..offset + 8)?.try_into().ok()?))
    }

    fn header(&self, offset: usize) -> Option<u16> {
        self.u16(self.file_header + offset)
    }

    /// The address of a data directory, 0 if the image has none of that number.
    fn directory(&self, number: usize) -> Option<u32> {
        self.u32(self.file_header + at::DIRECTORIES + 8 * number)
    }

    /// Where the section headers are in the file.
    fn sections(&self) -> Option<impl Iterator<Item = usize>> {
        let first = self.file_header + at::OPTIONAL + self.header(at::OPTIONAL_SIZE)? as usize;
        Some((0..self.header(at::SECTIONS)? as usize).map(move |n| first + n * at::SECTION_SIZE))
    }

    /// Where in the file an address of the loaded image is.
    fn offset(&self, address: u32) -> Option<usize> {
        self.sections()?.find_map(|section| {
            let (start, length, file) = (self.u32(section + 12)?, self.u32(section + 16)?, self.u32(section + 20)?);
            let distance = address.checked_sub(start).filter(|distance| *distance < length)?;
            Some((file + distance) as usize)
        })
    }

    fn text(&self, address: u32) -> Option<String> {
        let bytes = self.bytes.get(self.offset(address)?..)?;
        Some(String::from_utf8_lossy(bytes.split(|byte| *byte == 0).next()?).into_owned())
    }

    /// Modules and what is imported of them.
    fn imports(&self) -> Option<Vec<(String, Vec<String>)>> {
        let mut imports = Vec::new();
        let mut descriptor = self.offset(self.directory(1)?)?;
        while self.u32(descriptor + 12)? != 0 {
            let mut names = Vec::new();
            let mut lookup = self.offset(self.u32(descriptor)?)?;
            while let entry @ 1.. = self.u64(lookup)? {
                let by_number = entry >> 63 == 1;
                names.push(if by_number { format!("#{}", entry as u16) } else { self.text(entry as u32 + 2)? });
                lookup += 8;
            }
            imports.push((self.text(self.u32(descriptor + 12)?)?, names));
            descriptor += at::IMPORT_SIZE;
        }
        Some(imports)
    }

    /// What is wrong with the image; `None` if it ends too early.
    fn faults(&self, machine: u16, modules: &[String]) -> Option<Vec<String>> {
        const DLL: u16 = 0x2000;
        const DYNAMIC_BASE: u16 = 0x40;
        const NX_COMPAT: u16 = 0x100;
        const EXECUTE_AND_WRITE: u32 = 0xa000_0000;
        const NATIVE: u16 = 1;

        let mut faults = Vec::new();
        let mut require = |holds: bool, fault: &str| {
            if !holds {
                faults.push(fault.to_string());
            }
        };
        require(self.header(0)? == machine, "is for another machine");
        require(self.header(at::CHARACTERISTICS)? & DLL == 0, "is a DLL");
        require(self.header(at::SUBSYSTEM)? == NATIVE, "is not of the native subsystem");
        require(self.offset(self.u32(self.file_header + at::ENTRY)?).is_some(), "has no entry point");
        require(self.u32(self.file_header + at::CHECKSUM)? != 0, "has no checksum");
        let characteristics = self.header(at::DLL_CHARACTERISTICS)?;
        require(characteristics & DYNAMIC_BASE != 0 && self.directory(5)? != 0, "cannot be moved");
        require(characteristics & NX_COMPAT != 0, "wants executable data");
        require(self.directory(9)? == 0, "has thread-local storage");
        for section in self.sections()? {
            let writable_code = self.u32(section + 36)? & EXECUTE_AND_WRITE == EXECUTE_AND_WRITE;
            require(!writable_code, "has a section that is writable and executable");
        }
        for (module, names) in self.imports()? {
            println!("  {module}: {}", names.join(" "));
            let allowed = modules.iter().any(|allowed| module.eq_ignore_ascii_case(allowed));
            require(allowed, &format!("imports from {module}"));
        }
        Some(faults)
    }
}

fn check(file: &str, machine: &str, modules: &[String]) -> Result<Vec<String>, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let machine = match machine {
        "x86_64" => 0x8664,
        "aarch64" => 0xaa64,
        _ => return Err(format!("{machine}: not a machine this checks for")),
    };
    let image = Image::new(&bytes).ok_or_else(|| format!("{file}: not a 64-bit PE file"))?;
    image.faults(machine, modules).ok_or_else(|| format!("{file}: the file ends too early"))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, machine, modules @ ..] = arguments.as_slice() else {
        eprintln!("usage: check-image FILE x86_64|aarch64 [MODULE...]");
        return ExitCode::from(2);
    };
    let kernel = KERNEL.map(String::from);
    match check(file, machine, if modules.is_empty() { &kernel } else { modules }) {
        Ok(faults) if faults.is_empty() => {
            println!("{file}: a driver for {machine}");
            ExitCode::SUCCESS
        }
        Ok(faults) => {
            for fault in faults {
                eprintln!("{file}: {fault}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
