import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html;charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A plain web server: it shows a folder under a path, and its 404.html for all else. */
export async function startStaticHost(folder: string, path: string) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const asked = pathname.startsWith(path) ? join(folder, pathname.slice(path.length)) : "";
    const file =
      asked && existsSync(asked) && statSync(asked).isDirectory() ? join(asked, "index.html") : asked;
    const isThere = file !== "" && existsSync(file);
    const shown = isThere ? file : join(folder, "404.html");
    response.writeHead(isThere ? 200 : 404, {
      "content-type": types[extname(shown)] ?? "application/octet-stream",
    });
    response.end(readFileSync(shown));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
