/** Which case the forms of a page speak of, as their reader saw it. */
export interface CaseRef {
  number: string;
  version: number;
  /** The newest entry of the log that the page shows. */
  seen: number;
  /** Where the forms are sent. */
  address: string;
}
