declare module '#platform/core' {
  interface EventTypes {
    'model.published': { productId: string; modelVersionId: string }
    'product.status-changed': { productId: string; status: string }
  }
}

export {}
