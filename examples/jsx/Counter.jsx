// A counter in React: two buttons and what they have counted (needs React to run).
import { useState } from 'react';

export function Counter({ start = 0 }) {
  const [count, setCount] = useState(start);

  function increase() {
    setCount(count + 1);
  }

  function decrease() {
    
  }

  return (
    <p>
      <button onClick={decrease}>−</button>
      <output>{count}</output>
      <button onClick={increase}>+</button>
    </p>
  );
}
