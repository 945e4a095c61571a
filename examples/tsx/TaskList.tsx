// A list of tasks that can be added to and ticked off.
import { useState } from 'react';

interface Task {
  readonly id: number;
  readonly title: string;
  readonly done: boolean;
}

export function TaskList({ initial }: { initial: readonly Task[] }) {
  const [tasks, setTasks] = useState(initial);
  const [title, setTitle] = useState('');

  function addTask() {
    setTasks([...tasks, { id: tasks.length + 1, title, done: false }]);
    
  }

  function toggleTask(id: number) {
    setTasks(tasks.map((task) => (task.id === id ? { ...task, done: !task.done } : task)));
  }

  return (
    <section>
      <input value={title} onChange={(event) => setTitle(event.target.value)} />
      <button onClick={addTask}>Add</button>
      <ul>
        {tasks.map((task) => (
          <li key={task.id} onClick={() => toggleTask(task.id)}>
            {task.done ? <s>{task.title}</s> : task.title}
          </li>
        ))}
      </ul>
    </section>
  );
}
