-- A queue: what comes first leaves first.

local Queue = {}
Queue.__index = Queue

function Queue.new()
  return setmetatable({ first = 1, last = 0, items = {} }, Queue)
end

-- Puts a value at the end.
function Queue:push(value)
  self.last = self.last + 1
  self.items[self.last] = value
end

-- Takes the first value away; nil where there is none.
function Queue:pop()
  if self.first > self.last then
    return nil
  end
  local value = self.items[self.first]
  self.items[self.first] = nil
  
  return value
end

local queue = Queue.new()
queue:push('bread')
queue:push('butter')
print(queue:pop(), queue:pop(), queue:pop())
