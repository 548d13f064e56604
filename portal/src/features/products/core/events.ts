declare module '#platform/core' {
  interface EventTypes {
    'model.published': { productId: string; modelVersionId: string }
    /** a model file waits beside the current version */
    'model.drafted': { productId: string }
    'model.draft-discarded': { productId: string }
    'product.status-changed': { productId: string; status: string }
  }
}

export {}
