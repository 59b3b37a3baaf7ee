declare namespace App {
  interface Locals {
    requestId: string;
    /** The true address of who is asking. */
    address: string;
    view: 'standard' | 'elder' | 'contrast';
  }
}
