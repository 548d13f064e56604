/** Work for later, on PostgreSQL; enqueued in the ambient transaction, done at least once. */
export interface Jobs {
  enqueue(name: string, data: unknown, options?: { runAt?: Date; singletonKey?: string }): Promise<string>
}
