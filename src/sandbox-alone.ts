/** `npm run sandbox`: the stand-in for the platform without Trendline, for programs of others to be built against. */
import { ConfigError, parseConfig } from "#proxy/config.ts";
import { openSandbox } from "#sandbox/open.ts";
import { claimFolder, writableFolder } from "./data-folder.ts";
import { takenPort, whenParentIsGone } from "./listen.ts";
import { serveSandbox } from "./serve-sandbox.ts";

const command = "npm run sandbox";
const usualPort = "4174";

/** Null where none are given: then they are made up once, and printed. */
function givenCredentials({ SANDBOX_APP_ID: appId, SANDBOX_APP_SECRET: appSecret }: NodeJS.ProcessEnv) {
  if (!appId !== !appSecret)
    throw new ConfigError("SANDBOX_APP_ID and SANDBOX_APP_SECRET go together: set both or neither.");
  return appId && appSecret ? { appId, appSecret } : null;
}

async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const { DATA_DIR, HOST, SANDBOX_SPEED, SANDBOX_REPLAY_DIR } = env;
  const SANDBOX_PORT = env.SANDBOX_PORT || usualPort;
  const config = parseConfig({ DATA_DIR, HOST, SANDBOX_PORT, SANDBOX_SPEED, SANDBOX_REPLAY_DIR });
  const given = givenCredentials(env);
  const folder = writableFolder(config.dataDir);
  const freeFolder = claimFolder(folder, true, command);
  const { speed, replayDir, port } = config.sandbox;
  const opened = openSandbox({ folder, speed, replayDir, credentials: given });
  const { apiUrl } = await serveSandbox(() => opened.sandbox, port, config.host, console.error);
  const { appId, appSecret } = opened.credentials;
  const stop = () => {
    opened.close();
    freeFolder();
    process.exit();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  whenParentIsGone(stop);
  const lines = [
    `The sandbox is at ${apiUrl} and everyone in it is invented. ${opened.words}`.trim(),
    `PARTNER_API_URL=${apiUrl}`,
    `PARTNER_APP_ID=${appId}`,
    ...(given ? [] : [`PARTNER_APP_SECRET=${appSecret}`]),
  ];
  console.log(lines.join("\n"));
}

// Its secret is nobody else's to read.
process.umask(0o077);

await start(process.env).catch((error: Error) => {
  console.error(`The sandbox did not start. ${takenPort(error, command) ?? error.message}`);
  process.exit(1);
});
