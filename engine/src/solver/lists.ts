/** By key what belongs to it. Of very many keys most have nothing: they share one list, so that none need be made. */
export type Lists<T> = (readonly T[])[]

const none: readonly never[] = []

export const emptyLists = <T>(keys: number): Lists<T> => new Array(keys).fill(none)

export function addTo<T>(lists: Lists<T>, key: number, item: T): void {
  if (lists[key] === none) lists[key] = [item]
  else (lists[key] as T[]).push(item)
}
