"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const { server } = require("./server");
const language = require("./language-configuration.json");

const SELECTOR = [{ scheme: "file", language: "yaml" }];

/** A client whose own message that it can't start is left to the log: `start` below says what to do about it. */
class Client extends LanguageClient {
  hasStarted = false;

  async start() {
    await super.start();
    this.hasStarted = true;
  }

  error(said, data, isShown) {
    super.error(said, data, this.hasStarted && isShown);
  }
}

/** @type {Client | undefined} */
let client;

/** Starts the language server, and again whenever the setting or the user says so. */
async function activate(context) {
  context.subscriptions.push(
    vscode.languages.setLanguageConfiguration("yaml", configuration()),
    vscode.commands.registerCommand("her-study.restart", restart),
    vscode.commands.registerCommand("her-study.showLog", () => client?.outputChannel.show()),
    vscode.commands.registerCommand("her-study.showReferences", showReferences),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("her-study") && restart()),
  );
  await start();
}

async function deactivate() {
  await client?.stop();
}

async function restart() {
  const before = client;
  client = undefined;
  try {
    await before?.stop();
  } catch {
    // A server that has ended by itself can't be stopped.
  }
  before?.dispose();
  await start();
}

async function start() {
  const settings = vscode.workspace.getConfiguration("her-study");
  const folders = (vscode.workspace.workspaceFolders ?? []).map((it) => it.uri.fsPath);
  const run = server(settings.get("server", ""), folders);
  const options = {
    documentSelector: SELECTOR,
    middleware: {
      provideCodeLenses: (document, token, next) => (settings.get("lenses", true) ? next(document, token) : []),
    },
  };
  client = new Client("her-study", "her-study", { run, debug: run }, options);
  try {
    await client.start();
  } catch (error) {
    const said = `her-study did not start (${run.command}): ${error.message ?? error}. ` +
      "Install it with: pip install 'her-study[lsp]', or name the program in the settings.";
    const settle = await vscode.window.showErrorMessage(said, "Settings");
    if (settle) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "her-study.server");
    }
  }
}

/** Shows the places that mention what a line of the server's is about; they come as the protocol writes them. */
async function showReferences(address, position) {
  const uri = vscode.Uri.parse(address);
  const place = new vscode.Position(position.line, position.character);
  const found = await vscode.commands.executeCommand("vscode.executeReferenceProvider", uri, place);
  await vscode.commands.executeCommand("editor.action.showReferences", uri, place, found ?? []);
}

/**
 * What is one word in a bank: an id, a locator with its slashes, a key of a work. And how far in the next line begins:
 * under an open list or text, and behind the dash of an item under its first key.
 */
function configuration() {
  return {
    wordPattern: new RegExp(language.wordPattern, "u"),
    onEnterRules: language.onEnterRules.map((it) => ({
      beforeText: new RegExp(it.beforeText),
      action: { indentAction: vscode.IndentAction.Indent, appendText: it.append },
    })),
  };
}

module.exports = { activate, deactivate };
