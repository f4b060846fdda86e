// A network between a client and a server that can be cut, as a page's network is.
import net from 'node:net';

export class TcpProxy {
  opened = 0;
  #away = false;
  #sockets = new Set();
  #server;

  /** A proxy that leads to the host and port of `target`. */
  static async to(target) {
    const proxy = new TcpProxy();
    const { hostname, port } = new URL(target);
    proxy.#server = net.createServer((socket) => proxy.#take(socket, net.connect(Number(port), hostname)));
    await new Promise((listening) => proxy.#server.listen(0, '127.0.0.1', listening));
    return proxy;
  }

  address(scheme) {
    return `${scheme}://127.0.0.1:${this.#server.address().port}/graphql`;
  }

  #take(near, far) {
    if (!this.#away) this.opened += 1;
    for (const [one, other] of [[near, far], [far, near]]) {
      this.#sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
    if (this.#away) near.destroy();
  }

  /** Cuts all connections, and refuses new ones until `meanwhile` is done. */
  async cut(meanwhile) {
    this.#away = true;
    this.#drop();
    await meanwhile();
    this.#away = false;
  }

  #drop() {
    for (const socket of this.#sockets) socket.destroy();
  }

  close() {
    this.#server.close();
    this.#drop();
  }
}
