import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';

describe('detectLanguage', () => {
  it.each([
    ['zh-Hans', '兰州市今天召开教育工作会议，部署全年任务。'],
    ['zh-Hant', '香港特區政府今日公布新一份財政預算案。'],
    ['zh-Hans', '乾隆年间的《四库全书》收藏于此，读者可以预约参观。'],
    ['ja', '東京都は今日、新しい計画を発表しました。'],
    ['ko', '서울시는 오늘 새로운 교육 정책을 발표했다.'],
    ['en', 'The council said on Monday that it had approved the plan, which will be put to a vote.'],
    ['de', 'Der Stadtrat hat am Montag beschlossen, dass die Schule in der Innenstadt nicht geschlossen wird.'],
    ['fr', 'Le conseil municipal a décidé lundi que les écoles de la ville ne seront pas fermées.'],
    ['es', 'El ayuntamiento ha decidido este lunes que las escuelas de la ciudad no se cerrarán.'],
    ['pt', 'A câmara municipal decidiu na segunda-feira que as escolas da cidade não serão fechadas.'],
    ['pl', 'Rada miasta zdecydowała w poniedziałek, że szkoły w mieście nie zostaną zamknięte.'],
    ['vi', 'Hội đồng thành phố đã quyết định rằng các trường học trong thành phố sẽ không bị đóng cửa.'],
    [
      'tr',
      'Belediye meclisi pazartesi günü okulların kapatılmayacağını ve bu yıl için yeni bir plan olduğunu duyurdu.',
    ],
    ['ru', 'Городской совет решил в понедельник, что школы города не будут закрыты.'],
    ['uk', 'Міська рада вирішила у понеділок, що школи міста не будуть зачинені.'],
    ['ar', 'قرر مجلس المدينة يوم الاثنين عدم إغلاق المدارس'],
    ['fa', 'شورای شهر روز دوشنبه تصمیم گرفت که مدارس تعطیل نشوند'],
    ['el', 'Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα'],
    ['th', 'สภาเมืองตัดสินใจเมื่อวันจันทร์'],
  ])('%s: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
    // A template's default does not overrule a text.
    expect(detectLanguage(text, { htmlLang: language === 'en' ? 'de' : 'en' })).toBe(language);
  });

  it('lets the page decide where the text says little', () => {
    expect(detectLanguage('公司', { htmlLang: 'zh-TW' })).toBe('zh-Hant');
    expect(detectLanguage('公司', { htmlLang: 'zh_CN' })).toBe('zh-Hans');
    expect(detectLanguage('公司', { htmlLang: 'ja-JP' })).toBe('ja');
    expect(detectLanguage('公司')).toBe('zh');
    expect(detectLanguage('Goal!', { htmlLang: 'es' })).toBe('es');
    expect(detectLanguage('Goal!', { htmlLang: 'zh-CN' })).toBeUndefined();
    expect(detectLanguage('兰州今天下雨', { htmlLang: 'en' })).toBe('zh-Hans');
  });

  it('takes the script that is known already', () => {
    expect(detectLanguage('公司今天在中山成立', { script: 'Hant' })).toBe('zh-Hant');
  });

  it('gives no answer for a language it does not know, and none for no text', () => {
    const xhosa = 'Owayesakuba nguMphathiswa wamaShishini oLuntu, uGqirha Malusi Gigaba, uphinde wavela enkundleni';
    expect(detectLanguage(xhosa)).toBeUndefined();
    expect(detectLanguage(xhosa, { htmlLang: 'xh' })).toBe('xh');
    expect(detectLanguage('12:30 … 45 %')).toBeUndefined();
    expect(detectLanguage('')).toBeUndefined();
  });
});
