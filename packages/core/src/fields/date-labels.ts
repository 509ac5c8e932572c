/** Words in front of a date that say what it is the date of, in the languages of the news. */

/** When the story was changed; looked at right before the date, whose clock may stand between (`Updated 10:01 AM EDT, Thu March 14, 2024`). */
export const MODIFIED =
  /(?:更新|修改|修正|updated?|modified|revised|aktualisier|geändert|änderung|überarbeitet|bearbeitet|zuletzt|actualiz|actualisé|modific|modifié|mise? à jour|màj|aggiornat|aggiornamento|atualiz|обновл|изменен|оновлен|змінен|актуализ|aktualiz|zmodyfik|upraven|změn|ενημέρωσ|ενημερώθ|τροποπο|güncel|bijgewerkt|gewijzigd|uppdater|ändrad|oppdater|opdater|ændret|endret|päivitet|muokattu|frissít|módosít|ažurir|izmijenj|diperbarui|cập nhật|수정|업데이트|تحديث|تعديل|به‌?روز|ویرایش|עדכון|עודכן|แก้ไข|อัปเดต|last (?:change|edit|review|save|revision))[^\d]{0,24}$/iu;

/** When it appeared. */
export const PUBLISHED =
  /(?:发布|發布|發佈|发表|發表|时间|時間|日期|公開|掲載|作成|配信|投稿日|published|posted|created|released?|issued|filed|dated|veröffentlicht|erstellt|publiziert|erschienen|stand|datum|publié|posté|rédigé|mis en ligne|paru|publicad|cread[oa]|fecha|pubblicat|criado|opublik|publikac|dodan|utworz|опублик|дата|размещ|создан|δημοσί|δημοσι|ανάρτησ|yayın|giriş|eklenme|gepubliceerd|geplaatst|publicerad|skapad|publisert|opprettet|oprettet|offentliggjort|publiceret|julkaistu|publikov|zveřej|vydán|közzé|megjelen|publicat|objavlj|diterbitkan|xuất bản|입력|등록|승인|작성|게시|발행|نشر|نُشر|تاريخ|انتشار|تاریخ|פורסם|תאריך|เผยแพร่|^on|^am|^vom|^le)[^\d]{0,24}$/iu;

/** `（2/21 22:08更新）` has its label behind, unless it is that of the next date (`公開日：… 更新日：…`). */
export const CHANGED_BEHIND = /^\s?(?:に?(?:最終)?更新(?![日时時于於:：])|(?:tarihinde )?güncellen)/iu;

/** A line that is nothing but a label and a date. */
export const LABELLED =
  /^(?:date|datum|fecha|data|published|posted|created|released?|first published|veröffentlicht|erstellt|publiziert|eingestellt|publié|posté|mis en ligne|publicad[oa]|pubblicat[oa]|opublikowano|dodano|data publikacji|fecha de publicación|data di pubblicazione|date de publication|дата публикации|опубликовано|дата|δημοσίευση|δημοσιεύτηκε|yayınlanma(?: tarihi)?|gepubliceerd|geplaatst|publicerad|publisert|julkaistu|publikováno|objavljeno|közzétéve|发布时间|发布日期|發布時間|發佈時間|发表时间|日期|時間|时间|公開日|掲載日|作成日|投稿日|입력|등록|승인)(?: on| op| am| le| el| il| em| den)?\s?[:：]?\s{1,3}(?:\p{L}{2,10},? )?\d|^(?:发布时间|发布日期|發布時間|發佈時間|发表时间|日期|時間|时间|公開日|掲載日|作成日|投稿日)\s?[:：]\s{0,3}\d/iu;

/** A sentence about the story itself (`This entry was posted on …`), as blog systems and magazines put below it. */
export const ABOUT_ITSELF =
  /^[([—–\s]{0,3}(?:(?:this|the) (?:entry|post|article|story|item|page|piece|column|essay|report)\b.{0,40}?\b(?:posted|published|filed|written|created|appeared)\b|(?:originally|first) (?:published|posted|appeared)\b|dieser? (?:eintrag|beitrag|artikel|text)\b.{0,20}\b(?:wurde|erschien|ist)\b|(?:zuerst|ursprünglich) (?:erschienen|veröffentlicht)|(?:cette entrée|ce contenu|cet article|ce billet|ce texte)\s.{0,20}\bété\s|(?:esta entrada|este artículo|esta nota|este texto|esta publicación) (?:fue|se) |quest[oa'’] ?(?:voce|articolo|post|contenuto)\s.{0,20}\bstat[oa]\s|(?:esta entrada|este artigo|este texto|esta publicação) foi |ten (?:wpis|artykuł) |dit (?:bericht|artikel) (?:werd|is) |(?:эта )?запись (?:была )?опубликована)/iu;
