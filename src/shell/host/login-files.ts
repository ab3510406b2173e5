/**
 * What a system is told of a service, in its own language: a unit for systemd, a property list for
 * launchd, a task for the Windows Task Scheduler.
 *
 * Pure texts. Paths come from people and may hold spaces, quotes and signs that mean something there.
 */
import type { ServiceWish } from "../../ports/login-start.ts";

export const LABEL = "org.tradestream.user";
export const TASK = "TradeStream";

/** Longer than a clean stop: 10 s for answers, then the last letters and the last backup. */
const STOP_SECONDS = 90;

const wordsOf = ({ script, config, data }: ServiceWish): readonly string[] => [
  script,
  ...["start", "--config", config, "--data", data],
];

/** A word of ExecStart: quotes and escapes as systemd reads them, and no specifiers or variables. */
const unitWord = (word: string): string =>
  `"${word.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%").replaceAll("$", "$$$$")}"`;

const unitPath = (path: string): string => path.replaceAll("%", "%%");

export const unitText = (
  wish: ServiceWish,
): string => `# Written by \`tradestream service install --user\`; it writes it anew.
[Unit]
Description=TradeStream, from trade alerts to protected positions
StartLimitIntervalSec=600
StartLimitBurst=5

[Service]
Type=notify
NotifyAccess=all
WatchdogSec=60
ExecStart=${[wish.node, ...wordsOf(wish)].map(unitWord).join(" ")}
ExecReload=kill -HUP $MAINPID
WorkingDirectory=${unitPath(wish.here)}
Restart=on-failure
RestartSec=5
RestartPreventExitStatus=2 3
TimeoutStartSec=120
TimeoutStopSec=${STOP_SECONDS}
KillMode=mixed
UMask=0077
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
LimitCORE=0

[Install]
WantedBy=default.target
`;

const xml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

export function plistText(wish: ServiceWish, log: string): string {
  const words = [wish.node, ...wordsOf(wish)];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${LABEL}</string>
  <key>ProgramArguments</key>
  <array>
${words.map((word) => `    <string>${xml(word)}</string>`).join("\n")}
  </array>
  <key>WorkingDirectory</key>
  <string>${xml(wish.here)}</string>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ThrottleInterval</key>
  <integer>30</integer>
  <key>ExitTimeOut</key>
  <integer>${STOP_SECONDS}</integer>
  <key>ProcessType</key>
  <string>Interactive</string>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardOutPath</key>
  <string>${xml(log)}</string>
  <key>StandardErrorPath</key>
  <string>${xml(log)}</string>
</dict>
</plist>
`;
}

/** As Windows splits a line into words: backslashes count only before a quote. */
const windowsWord = (word: string): string =>
  `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;

/** A battery is no reason to stop, and a day is no reason to end: both are, unless it says otherwise. */
export function taskText(wish: ServiceWish, user: string): string {
  const words = wordsOf(wish).map(windowsWord).join(" ");
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>TradeStream, from trade alerts to protected positions</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${xml(user)}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xml(user)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>false</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>5</Count>
    </RestartOnFailure>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>4</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xml(wish.node)}</Command>
      <Arguments>${xml(words)}</Arguments>
      <WorkingDirectory>${xml(wish.here)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
}
