// The one error for a stored record that does not parse, or whose sealed part does not open.
// Must never hold any of its content: the id alone says where to look.

export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord';
  /** As `req_…`, `vol_…` or the name of the record. Never a phone number. */
  readonly id: string;

  constructor(id: string) {
    super(`a stored record is damaged: ${id}`);
    this.id = id;
  }
}
