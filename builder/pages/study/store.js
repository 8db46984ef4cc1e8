// Where progress is kept: in the browser's database, or, where there is none, for as long as the page is open.
"use strict";

const NAME = `her-study-${data.course}`;

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

class Store {
  // `isKept` says whether anything outlives the page. `hear` is called with the lines that another window added.
  static async open(hear) {
    const store = new Store();
    store.base = await Store.base().catch(() => null);
    store.isKept = Boolean(store.base);
    store.loose = new Map();
    store.unkept = new Set(); // lines that could not be kept yet
    try {
      store.channel = new BroadcastChannel(NAME);
      store.channel.onmessage = (event) => hear(event.data);
    } catch {
      // Another window is then met when the page is opened next.
    }
    return store;
  }

  static async base() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => ["lines", "settings"].forEach((name) => request.result.createObjectStore(name));
    return settled(request);
  }

  async lines() {
    return this.base ? settled(this.base.transaction("lines").objectStore("lines").getAllKeys()) : [];
  }

  // All lines, where they are another number than the `known` ones that are kept: other windows may have added some.
  async others(known) {
    if (!this.base) return [];
    const lines = this.base.transaction("lines").objectStore("lines");
    return (await settled(lines.count())) === known ? [] : settled(lines.getAllKeys());
  }

  // Keeps lines, all or none; what is kept is on the disk when the promise is fulfilled.
  async add(lines) {
    if (!this.base) return;
    const transaction = this.base.transaction("lines", "readwrite", { durability: "strict" });
    const store = transaction.objectStore("lines");
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      for (const line of lines) store.put(1, line);
    });
    this.channel?.postMessage(lines);
  }

  // Keeps all lines of this page anew, for a browser that has cleared its storage while the page was open.
  async renew(lines) {
    this.base?.close?.();
    this.base = await Store.base();
    await this.add(lines);
  }

  async get(key, without) {
    if (!this.base) return this.loose.get(key) ?? without;
    return (await settled(this.base.transaction("settings").objectStore("settings").get(key))) ?? without;
  }

  async set(key, value) {
    if (!this.base) return this.loose.set(key, value);
    return settled(this.base.transaction("settings", "readwrite").objectStore("settings").put(value, key));
  }

  // Whether the browser promises not to clear the database by itself; null where it can't say.
  async lasts() {
    if (!this.base || !navigator.storage?.persisted) return null;
    return navigator.storage.persisted().catch(() => null);
  }

  async keep() {
    return navigator.storage?.persist ? navigator.storage.persist().catch(() => false) : false;
  }
}
