/** That a model runs from then on, in the order in which it was decided. modelId null: none does */
export interface Activation {
  modelId: string | null
  how: 'activated' | 'rolled-back'
}

/**
 * What ran before the model that runs now: each activation lies on the one before, and rolling back takes the topmost away, also where a model was
 * activated more than once. null: none did
 */
export function ranBefore(activations: readonly Activation[]): string | null {
  const stack: string[] = []
  for (const { modelId, how } of activations) {
    if (how === 'activated' && modelId !== null) stack.push(modelId)
    else {
      stack.pop()
      while (stack.length > 0 && stack.at(-1) !== modelId) stack.pop()
    }
  }
  return stack.at(-2) ?? null
}
