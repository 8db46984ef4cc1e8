"use strict";

// A dialogue of Microsoft's client of the protocol with the real server, as the extension starts it.

const assert = require("node:assert");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const test = require("node:test");
const { pathToFileURL } = require("node:url");
const protocol = require("vscode-languageserver-protocol/node");

const { server } = require("../server");

const FILES = {
  "course.yaml":
    "course: small\ntitle: Small\nbanks: [bank.yaml]\nthemes: {sea: The sea}\nlint: {profile: lenient}\nanki: {deck: Small}\n",
  "bank.yaml":
    "bank: first\ntitle: First\ntheme: sea\nitems:\n  - id: moon\n    kind: basic\n    prompt: What draws the sea?\n    answer: The moon\n",
};

function folder(files) {
  const made = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "her-study-")));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(made, name)), { recursive: true });
    fs.writeFileSync(path.join(made, name), text);
  }
  return made;
}

test("a program of the workspace's environment is found, in the folder or above it", () => {
  const root = folder({ ".venv/bin/her-study": "", "courses/a/course.yaml": "", "win/venv/Scripts/her-study.exe": "" });
  const inside = path.join(root, "courses", "a");
  assert.deepStrictEqual(server("", [inside], "linux"), { command: path.join(root, ".venv/bin/her-study"), args: ["lsp"] });
  const windows = path.join(root, "win");
  assert.strictEqual(server("", [windows], "win32").command, path.join(windows, "venv", "Scripts", "her-study.exe"));
  assert.strictEqual(server(" /opt/her-study ", [inside]).command, "/opt/her-study");
  assert.strictEqual(server("", [], "linux").command, "her-study");
});

test("findings, completion, hover, references, rename, folds and lenses", { timeout: 60000 }, async () => {
  const root = folder(FILES);
  const run = server(process.env.HER_STUDY ?? "", [__dirname]);
  const child = spawn(run.command, run.args);
  const talk = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(child.stdout),
    new protocol.StreamMessageWriter(child.stdin),
  );
  const waiting = [];
  talk.onNotification(protocol.PublishDiagnosticsNotification.type, (shown) => {
    waiting.splice(0).forEach((wait) => (wait.meets(shown) ? wait.resolve(shown) : waiting.push(wait)));
  });
  const shown = (meets) => new Promise((resolve) => waiting.push({ meets, resolve }));
  const watched = new Promise((resolve) =>
    talk.onRequest(protocol.RegistrationRequest.type, (asked) => resolve(asked.registrations[0].method)),
  );
  talk.listen();
  const capabilities = {
    workspace: { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } },
  };
  const started = await talk.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities,
  });
  assert.strictEqual(started.serverInfo.name, "her-study");
  await talk.sendNotification(protocol.InitializedNotification.type, {});
  assert.strictEqual(await watched, "workspace/didChangeWatchedFiles");

  const uri = pathToFileURL(path.join(root, "bank.yaml")).href;
  const textDocument = { uri };
  const at = (line, character) => ({ textDocument, position: { line, character } });
  const clean = shown((it) => it.uri === uri && it.diagnostics.length === 0);
  await talk.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "yaml", version: 1, text: FILES["bank.yaml"] },
  });
  await clean;
  const wrong = shown((it) => it.uri === uri && it.diagnostics.length > 0);
  await talk.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: { line: 2, character: 7 }, end: { line: 2, character: 10 } }, text: "see" }],
  });
  assert.match((await wrong).diagnostics[0].message, /did you mean 'sea'/);
  const mended = shown((it) => it.uri === uri && it.diagnostics.length === 0);
  await talk.sendNotification(protocol.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 3 },
    contentChanges: [{ range: { start: { line: 2, character: 7 }, end: { line: 2, character: 10 } }, text: "sea" }],
  });
  await mended;

  const proposed = await talk.sendRequest(protocol.CompletionRequest.type, at(2, 7));
  assert.ok(proposed.items.some((it) => it.label === "sea"));
  const told = await talk.sendRequest(protocol.HoverRequest.type, at(2, 8));
  assert.match(told.contents.value, /The sea/);
  const found = await talk.sendRequest(protocol.ReferencesRequest.type, {
    ...at(2, 8),
    context: { includeDeclaration: true },
  });
  assert.strictEqual(found.length, 2);
  const edit = await talk.sendRequest(protocol.RenameRequest.type, { ...at(2, 8), newName: "ocean" });
  const versions = edit.documentChanges.map((it) => [path.basename(it.textDocument.uri), it.textDocument.version]);
  assert.deepStrictEqual(versions.sort(), [["bank.yaml", 3], ["course.yaml", null]]);
  await assert.rejects(
    talk.sendRequest(protocol.RenameRequest.type, { ...at(2, 8), newName: "Ocean" }),
    /can't be the name of a theme/,
  );
  const folds = await talk.sendRequest(protocol.FoldingRangeRequest.type, { textDocument });
  assert.deepStrictEqual(folds.map((it) => [it.startLine, it.endLine]), [[3, 7], [4, 7]]);
  const head = pathToFileURL(path.join(root, "course.yaml")).href;
  const lenses = await talk.sendRequest(protocol.CodeLensRequest.type, { textDocument: { uri: head } });
  assert.deepStrictEqual(lenses.map((it) => [it.command.title, it.command.command]), [["1 item", "her-study.showReferences"]]);

  await talk.sendRequest(protocol.ShutdownRequest.type);
  const ended = new Promise((resolve) => child.on("exit", resolve));
  await talk.sendNotification(protocol.ExitNotification.type);
  assert.strictEqual(await ended, 0);
  talk.dispose();
});
