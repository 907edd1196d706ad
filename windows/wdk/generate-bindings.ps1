# generate-bindings.ps1 [-Arch x64|arm64]: makes src\bindings.rs of the WDK's ndis.h.
#
# Needs a WDK, LLVM (libclang) and `cargo install bindgen-cli`. Written for WDK 10.0.26100; not run by this project, which
# has no Windows machine.
param([ValidateSet('x64', 'arm64')][string]$Arch = 'x64')
$ErrorActionPreference = 'Stop'

$kits = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows Kits\Installed Roots').KitsRoot10
$include = Get-ChildItem "$kits\Include" -Directory |
    Where-Object { Test-Path "$($_.FullName)\km\ndis.h" } |
    Sort-Object { [version]$_.Name } | Select-Object -Last 1 -ExpandProperty FullName
if (-not $include) { throw "no WDK with km\ndis.h below $kits\Include" }

$header = New-TemporaryFile | Rename-Item -NewName { $_.Name + '.h' } -PassThru
Set-Content $header "#include <ntddk.h>`n#include <ndis.h>"
$machine = @{ x64 = '_AMD64_', '_WIN64', 'x86_64'; arm64 = '_ARM64_', '_WIN64', 'aarch64' }[$Arch]

bindgen $header -o "$PSScriptRoot\src\bindings.rs" `
    --use-core --default-enum-style moduleconsts --no-layout-tests `
    --allowlist-file '.*\\ndis(\\.*)?\.h' --allowlist-file '.*\\ndis\\[a-z]+\.h' `
    --raw-line '#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, missing_docs)]' `
    '--' "--target=$($machine[2])-pc-windows-msvc" -fms-compatibility -fms-extensions -fdelayed-template-parsing `
    "-I$include\km" "-I$include\shared" "-I$include\km\crt" `
    "-D$($machine[0])" "-D$($machine[1])" -D_WIN32_WINNT=0x0A00 -DNTDDI_VERSION=0x0A00000C `
    -DNDIS_MINIPORT_DRIVER=1 -DNDIS630_MINIPORT=1 -DNDIS630=1
if ($LASTEXITCODE) { throw "bindgen failed" }
Remove-Item $header
