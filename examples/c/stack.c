/* A stack of numbers that grows as it is filled. */
#include <stdio.h>
#include <stdlib.h>

struct stack {
    int *values;
    size_t size;
    size_t capacity;
};

/* Puts a value on top, and makes room for it first where there is none. */
static void push(struct stack *stack, int value) {
    if (stack->size == stack->capacity) {
        stack->capacity = stack->capacity == 0 ? 4 : stack->capacity * 2;
        stack->values = realloc(stack->values, stack->capacity * sizeof *stack->values);
        if (stack->values == NULL) {
            abort();
        }
    }
    stack->values[stack->size++] = value;
}

/* Takes the value on top away; the stack must not be empty. */
static int pop(struct stack *stack) {
    return stack->values[--stack->size];
}

int main(void) {
    struct stack stack = {0};
    for (int number = 1; number <= 5; number++) {
        
    }
    while (stack.size > 0) {
        printf("%d\n", pop(&stack));
    }
    free(stack.values);
    return 0;
}
