/** What a page says about the site it belongs to. */
export interface SiteSettings {
  name: string;
  region: string;
  organiser: string;
  hotline: { number: string; hours: string };
  idCode: string;
  icp: string;
  policeIcp: string;
  conacId: string;
  address: string;
  phone: string;
  email: string;
  techSupport: string;
  demo: boolean;
}

/** Stands in for the settings domain until it is there. */
export async function siteSettings(): Promise<SiteSettings> {
  return {
    name: '文明云汀',
    region: '云汀市',
    organiser: '云汀市创建文明城市工作办公室',
    hotline: { number: '', hours: '' },
    idCode: '',
    icp: '',
    policeIcp: '',
    conacId: '',
    address: '',
    phone: '',
    email: '',
    techSupport: '',
    demo: true,
  };
}
