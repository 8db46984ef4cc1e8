"use strict";

const fs = require("node:fs");
const path = require("node:path");

/** The environments of Python in which a project most often has its programs. */
const ENVIRONMENTS = [".venv", "venv"];

/**
 * The program that serves a workspace: the one that is set, else that of an environment in one of the folders or above
 * it up to the root, else the one on the PATH.
 *
 * @param {string} set what the setting says; empty if nothing
 * @param {string[]} folders the folders of the workspace
 * @param {string} [platform] as `process.platform`
 * @returns {{command: string, args: string[]}}
 */
function server(set, folders, platform = process.platform) {
  const args = ["lsp"];
  if (set.trim()) {
    return { command: set.trim(), args };
  }
  const inside = platform === "win32" ? ["Scripts", "her-study.exe"] : ["bin", "her-study"];
  for (const folder of folders) {
    for (const place of above(folder)) {
      for (const environment of ENVIRONMENTS) {
        const program = path.join(place, environment, ...inside);
        if (fs.existsSync(program)) {
          return { command: program, args };
        }
      }
    }
  }
  return { command: "her-study", args };
}

/** A folder and those above it, the nearest first. */
function above(folder) {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
}

module.exports = { server };
