import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findPersonalData,
  maskFilerText,
  maskHouse,
  maskId,
  maskName,
  maskPhone,
  maskPublicText,
} from '#domains/hotline/privacy/rules.ts';

describe('single values', () => {
  test.each([
    ['王小明', '王**'],
    ['王明', '王**'],
    ['王', '王**'],
    ['欧阳小明', '欧阳**'],
    [' 李四 ', '李**'],
    ['Smith', 'S**'],
    ['', ''],
  ])('name %s: %s', (name, masked) => expect(maskName(name)).toBe(masked));

  test.each([
    ['13812341234', '138****1234'],
    ['138 1234 1234', '138****1234'],
    ['+86 138-1234-1234', '138****1234'],
    ['１３８１２３４１２３４', '138****1234'],
    ['0731-88123456', '0731-****'],
    ['02012345678', '020-****'],
    ['88123456', '****'],
    ['', '****'],
  ])('phone %s: %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));

  test.each([
    ['430102199003071234', '4****************4'],
    ['43010219900307123x', '4****************x'],
    ['430102900307123', '4*************3'],
    ['12', '***'],
  ])('ID %s: %s', (id, masked) => expect(maskId(id)).toBe(masked));

  test.each([
    ['幸福小区3号楼2单元501室', '幸福小区**号楼**单元**室'],
    ['解放路116号', '解放路**号'],
    ['五一路12号', '五一路**号'],
    ['长兴社区', '长兴社区'],
  ])('address %s: %s', (address, masked) => expect(maskHouse(address)).toBe(masked));
});

describe('residents’ words', () => {
  test.each([
    // Telephone numbers
    ['请打13812341234联系我', '请打138****1234联系我'],
    ['电话：138-1234-1234。', '电话：138****1234。'],
    ['电话138 1234 1234，谢谢', '电话138****1234，谢谢'],
    ['手机１３８１２３４１２３４', '手机138****1234'],
    ['+8613812341234', '138****1234'],
    ['13812341234,13912341234', '138****1234,139****1234'],
    ['我的号码幺三八一二三四一二三四', '我的号码****'],
    ['座机0731-88123456', '座机0731-****'],
    ['座机（0731）88123456转8001', '座机0731-****转8001'],
    ['（0735-6621655）', '（0735-****）'],
    ['电话88123456', '电话****'],
    ['联系电话：88123456、88123457，谢谢', '联系电话：****、****，谢谢'],
    ['电话0731-88123456或者88123457', '电话0731-****或者****'],
    // ID and bank cards
    ['身份证430102199003071234', '身份证4****************4'],
    ['身份证号：43010219900307123X，', '身份证号：4****************X，'],
    ['卡号6222 0200 0000 0000 123', '卡号***'],
    ['转到4111111111111111了', '转到***了'],
    ['账号：62220200001', '账号：***'],
    // Plates
    ['湘A12345的面包车', '***的面包车'],
    ['车牌湘AD12345', '车牌***'],
    ['粤B·D1234F挡住了', '***挡住了'],
    ['沪 a1b2c3停在', '***停在'],
    ['京A1234警', '***'],
    ['车牌号A12345', '车牌号***'],
    // Mail and accounts
    ['发到 zhang.san@example.com 吧', '发到 *** 吧'],
    ['QQ：123456789', 'QQ：***'],
    ['微信号abc_12345', '微信号***'],
    // Houses
    ['住在3号楼2单元501室', '住在**号楼**单元**室'],
    ['6栋504漏水', '**栋**漏水'],
    ['三号楼二单元', '**号楼**单元'],
    ['B座1203室', '**座**室'],
    ['地址12-3-501', '地址**-**-**'],
    ['1、3、5栋停水', '**、**、**栋停水'],
    ['解放路116号门口', '解放路**号门口'],
    ['刘家村三组27号', '刘家村三组**号'],
    // Names
    ['我叫王小明，住这里', '我叫王**，住这里'],
    ['我叫欧阳小明，', '我叫欧阳**，'],
    ['联系人：李四', '联系人：李**'],
    ['王女士说', '王**女士说'],
    ['王小丽女士说', '王**女士说'],
    ['物业的李师傅', '物业的李**师傅'],
    ['业主陈方先生', '业主陈**先生'],
    ['女儿张小雨今年7岁', '女儿张**今年7岁'],
    ['村民罗乔、唐文金和杨裕，', '村民罗**、唐**和杨**，'],
    ['尊敬的李明科主任：', '尊敬的李**主任：'],
  ])('%s → %s', (text, masked) => expect(maskPublicText(text)).toBe(masked));

  test.each([
    '请拨打12345或110、119、120',
    '客服电话400-820-8820',
    '2026年8月14日下午3点，第20260814号通知',
    '从2019-05-01到2019-06-30',
    '公交5路、地铁5号线、1号井盖',
    '花了12345.67元，共3500000元',
    '一栋楼、两座桥、三栋房子、共12栋',
    '7座面包车和一座桥',
    '2017房价、3室2厅、教室、办公室',
    'A7县的K市公安局',
    '王书记、李主任、各位老师、项目经理',
    '关于医生的态度、语文老师、出租车师傅、保安大叔',
    '我是高中生，本人曾经投诉过，孩子安全没有保障',
    '安全出口被堵，夏天很热，方便一下',
    '平方100平米，工程师来过',
    '云A计划、京东快递',
  ])('stays as it is: %s', (text) => expect(maskPublicText(text)).toBe(text));

  test('the name that was given with the form goes wherever it stands', () => {
    expect(maskPublicText('这是文小满反映的，文 小 满住楼上', { name: '文小满' })).toBe(
      '这是文**反映的，文**住楼上',
    );
    expect(maskPublicText('普通的一句话', { name: '', phone: null })).toBe('普通的一句话');
  });

  test('hints point at the words themselves', () => {
    const text = '我叫王小明，电话１３８１２３４１２３４，住3号楼。';
    const found = findPersonalData(text);
    expect(found.map(({ kind, text: words }) => [kind, words])).toEqual([
      ['name', '王小明'],
      ['phone', '１３８１２３４１２３４'],
      ['house', '3号楼'],
    ]);
    for (const finding of found) expect(text.slice(finding.start, finding.end)).toBe(finding.text);
  });
});

describe('staff’s words', () => {
  const filer = { name: '王小明', phone: '13812341234', address: '幸福小区3号楼2单元501室' };
  test.each([
    ['王小明您好，已致电13812341234。', '王**您好，已致电138****1234。'],
    ['经与王 小明联系（138-1234-1234）', '经与王**联系（138****1234）'],
    ['幸福小区3号楼2单元501室漏水已修', '幸福小区**号楼**单元**室漏水已修'],
    ['3号楼2单元501室漏水已修', '**号楼**单元**室漏水已修'],
    ['身份证430102199003071234已核对', '身份证4****************4已核对'],
  ])('%s → %s', (text, masked) => expect(maskFilerText(text, filer)).toBe(masked));

  test.each([
    '请到解放路116号窗口，电话0731-88123456，联系人李四13912341234',
    '城管局刘主任已到现场，6栋楼道已清理',
  ])('office data stay: %s', (text) => expect(maskFilerText(text, filer)).toBe(text));

  test('of an anonymous filer there is nothing to hide', () => {
    expect(maskFilerText('王小明已联系，电话88123456', {})).toBe('王小明已联系，电话88123456');
  });
});

describe('properties', () => {
  const digit = fc.constantFrom(...'0123456789');
  const digits = (n: number) => fc.array(digit, { minLength: n, maxLength: n }).map((d) => d.join(''));
  const mobile = fc.tuple(fc.constantFrom('3', '5', '7', '8', '9'), digits(9)).map(([a, b]) => `1${a}${b}`);
  const words = fc.string({
    unit: fc.constantFrom(
      ...'路灯坏了已经三天没人管，请尽快修理。小区门口积水，下雨就淹；谢谢！\n 街道和物业都说不归他们',
    ),
    maxLength: 40,
  });

  test('no whole mobile number survives in any sentence', () => {
    fc.assert(
      fc.property(words, mobile, words, (before, number, after) => {
        expect(maskPublicText(`${before}${number}${after}`)).not.toContain(number);
      }),
    );
  });

  test('what is masked once has nothing left to mask', () => {
    const piece = fc.oneof(
      words,
      mobile,
      fc.constantFrom(
        '湘A12345',
        '王小明女士',
        '我叫张三丰',
        '3号楼2单元501室',
        '解放路12号',
        'a@b.cn',
        '430102199003071234',
        '0731-88123456',
        '四栋',
        '12-3-501',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const once = maskPublicText(pieces.join('，'));
        expect(findPersonalData(once)).toEqual([]);
        expect(maskPublicText(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  test('findings never overlap, stay in order and quote the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(mobile), (noise, numbers) => {
        const text = `${noise}${numbers.join('栋')}${noise}`;
        let last = 0;
        for (const finding of findPersonalData(text)) {
          expect(finding.start).toBeGreaterThanOrEqual(last);
          expect(finding.end).toBeGreaterThan(finding.start);
          expect(text.slice(finding.start, finding.end)).toBe(finding.text);
          last = finding.end;
        }
      }),
    );
  });

  test.each([
    '1',
    '1 ',
    '1-',
    '13',
    '138 1234 ',
    '一',
    '一栋',
    '1、',
    '1-1-',
    'a',
    'a@',
    'a.',
    'a@a.',
    '我是',
    '张',
    '张张先生',
    '电话',
    '车牌',
    'qq',
    '号楼1',
    '路1',
    '0',
    '(0',
    '湘A',
    '卡号1 ',
  ])('a long text of %j is read without choking', (unit) => {
    const text = unit.repeat(Math.ceil(8000 / unit.length));
    // Processor time, so that a busy machine does not count; far above the 20 ms it takes: only a runaway pattern gets here.
    const before = process.cpuUsage();
    maskPublicText(text, { name: '王小明', phone: '13812341234', address: text.slice(0, 60) });
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(400);
  });
});
