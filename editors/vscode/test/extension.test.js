"use strict";

// What the extension asks of its editor, which stands in for itself here: commands, settings, the client that is started.

const assert = require("node:assert");
const Module = require("node:module");
const test = require("node:test");

const manifest = require("../package.json");

function loaded({ settings = {}, fails = false } = {}) {
  const seen = { commands: {}, clients: [], errors: [], executed: [], words: undefined, enters: undefined, changed: undefined };
  const disposable = { dispose() {} };
  const vscode = {
    IndentAction: { Indent: 1 },
    Uri: { parse: (it) => ({ address: it }) },
    Position: class {
      constructor(line, character) {
        Object.assign(this, { line, character });
      }
    },
    languages: { setLanguageConfiguration: (_, it) => ((seen.words = it.wordPattern), (seen.enters = it.onEnterRules), disposable) },
    commands: {
      registerCommand: (name, run) => ((seen.commands[name] = run), disposable),
      executeCommand: async (...call) => (seen.executed.push(call), ["here"]),
    },
    workspace: {
      workspaceFolders: [{ uri: { fsPath: "/course" } }],
      getConfiguration: () => ({ get: (key, usual) => settings[key] ?? usual }),
      onDidChangeConfiguration: (run) => ((seen.changed = run), disposable),
    },
    window: { showErrorMessage: async (said) => (seen.errors.push(said), undefined) },
  };
  class LanguageClient {
    constructor(_, __, run, options) {
      Object.assign(this, { run, options, is: "new" });
      seen.clients.push(this);
    }
    async start() {
      if (fails) {
        this.error("couldn't create connection to server", undefined, "force");
        throw new Error("spawn ENOENT");
      }
      this.is = "started";
    }
    async stop() {
      this.is = "stopped";
    }
    error(said, _, isShown) {
      if (isShown) {
        seen.errors.push(said);
      }
    }
    dispose() {}
  }
  const before = Module._load;
  Module._load = (name, ...rest) =>
    name === "vscode" ? vscode : name === "vscode-languageclient/node" ? { LanguageClient } : before(name, ...rest);
  try {
    delete require.cache[require.resolve("../extension")];
    return { extension: require("../extension"), seen };
  } finally {
    Module._load = before;
  }
}

test("it starts the server, restarts it on command and when a setting changes, and stops it", async () => {
  const { extension, seen } = loaded({ settings: { server: "/opt/her-study" } });
  await extension.activate({ subscriptions: [] });
  assert.deepStrictEqual(seen.clients[0].run.run, { command: "/opt/her-study", args: ["lsp"] });
  await seen.commands["her-study.restart"]();
  assert.deepStrictEqual(seen.clients.map((it) => it.is), ["stopped", "started"]);
  await seen.changed({ affectsConfiguration: (it) => it === "her-study" });
  assert.strictEqual(seen.clients.length, 3);
  await extension.deactivate();
  assert.strictEqual(seen.clients[2].is, "stopped");
  for (const { command } of manifest.contributes.commands) {
    assert.ok(seen.commands[command], command);
  }
});

test("a server that is not there is told of in one message that says what to do", async () => {
  const { extension, seen } = loaded({ fails: true });
  await extension.activate({ subscriptions: [] });
  assert.strictEqual(seen.errors.length, 1);
  assert.match(seen.errors[0], /her-study did not start \(her-study\): spawn ENOENT. Install it with: pip install/);
});

test("lenses can be turned off, and lead to the places that they count", async () => {
  const { extension, seen } = loaded({ settings: { lenses: false } });
  await extension.activate({ subscriptions: [] });
  const asked = seen.clients[0].options.middleware.provideCodeLenses;
  assert.deepStrictEqual(asked({}, {}, () => ["lens"]), []);
  await seen.commands["her-study.showReferences"]("file:///a.yaml", { line: 1, character: 2 });
  assert.deepStrictEqual(seen.executed.map(([name]) => name), ["vscode.executeReferenceProvider", "editor.action.showReferences"]);
  assert.deepStrictEqual(seen.executed[1][3], ["here"]);
});

test("an id, a locator and a key are one word each", async () => {
  const { extension, seen } = loaded();
  await extension.activate({ subscriptions: [] });
  const words = "cites: [ebb1990-rec], locator: [book/sea/p1] # más".match(new RegExp(seen.words, "gu"));
  assert.deepStrictEqual(words, ["cites", "ebb1990-rec", "locator", "book/sea/p1", "más"]);
});

test("the line below begins where the text of a list, of an item or of a key does", async () => {
  const { extension, seen } = loaded();
  await extension.activate({ subscriptions: [] });
  const further = (line) => {
    const rule = seen.enters.find((it) => it.beforeText.test(line));
    return rule ? 2 + rule.action.appendText.length : 0;
  };
  assert.deepStrictEqual(
    ["    options:", "  - id: moon", "    explanation: >-", "      - why: |", "    kind: basic", "    - [a, b]", "  - ", "# - id: a"].map(further),
    [2, 2, 2, 4, 0, 0, 0, 0],
  );
});
