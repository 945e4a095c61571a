// A small event emitter: listeners by the name of the event they wait for.

export class Emitter {
  constructor() {
    this.listeners = new Map();
  }

  on(name, listener) {
    if (!this.listeners.has(name)) {
      this.listeners.set(name, new Set());
    }
    this.listeners.get(name).add(listener);
  }

  off(name, listener) {
    
  }

  emit(name, ...values) {
    for (const listener of this.listeners.get(name) ?? []) {
      listener(...values);
    }
  }
}

const emitter = new Emitter();
const greet = (name) => console.log(`Good morning, ${name}.`);
emitter.on('arrival', greet);
emitter.emit('arrival', 'Ada');
emitter.off('arrival', greet);
emitter.emit('arrival', 'Charles');
