; Installer for Windows, made with Inno Setup 6.3 or later from a frozen app (make app):
;   iscc installer\bubai.iss /DVersion=0.1.0
; For one person, without administrator's rights. What a person writes, their settings and models
; lie in their own profile: an update replaces the program only, removing it leaves them alone.

#ifndef Version
  #define Version "0.0.0"
#endif

[Setup]
AppId={{6E0B1B52-9F0B-4E0B-8B63-1B0A5B7C0E11}
AppName=补白 Bubai
AppVersion={#Version}
AppPublisher=Bubai
DefaultDirName={autopf}\Bubai
DefaultGroupName=补白
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/max
SolidCompression=yes
SourceDir=..
OutputDir=dist
OutputBaseFilename=Bubai-{#Version}-windows-x64
LicenseFile=LICENSE
UninstallDisplayIcon={app}\Bubai.exe
WizardStyle=modern

[Files]
; All of the program's old files go first (below): a library that stays behind could be loaded.
Source: "dist\Bubai\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\补白"; Filename: "{app}\Bubai.exe"
Name: "{autodesktop}\补白"; Filename: "{app}\Bubai.exe"; Tasks: desktop

[Tasks]
Name: desktop; Description: "在桌面放一个图标 / Put an icon on the desktop"; Flags: unchecked

[Run]
Filename: "{app}\Bubai.exe"; Description: "打开补白 / Open Bubai"; Flags: nowait postinstall skipifsilent
