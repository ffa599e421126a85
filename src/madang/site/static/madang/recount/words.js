// What the codes of problems mean, in both languages of the site.

const SAYINGS = {
  file: ["파일이 서명된 것과 달라요", "A file is not the one that was signed"],
  signature: ["서명이 맞지 않아요", "A signature does not fit"],
  log: ["기록에 있을 수 없는 줄이에요", "An entry that cannot stand in the log"],
  checkpoint: ["기록이 서명된 때의 기록과 달라요", "The log is not the one that was signed"],
  witness: ["참관자의 확인이 모자라요", "Too few witnesses have cosigned"],
  opening: ["공개된 표가 기록과 맞지 않아요", "The opened ballots do not fit the log"],
  channel: ["투표 방법별 수가 맞지 않아요", "The totals by channel do not close"],
  roll: ["명부의 수가 맞지 않아요", "The figures of the roll do not close"],
  batch: ["종이 투표 묶음이 맞지 않아요", "A paper batch does not reconcile"],
  ballot: ["규칙에 맞지 않는 표예요", "A ballot that the rules do not allow"],
  count: ["다시 센 결과가 공개된 결과와 달라요", "The published result is not what the ballots give"],
  uncounted: ["브라우저에서는 이 규칙으로 셀 수 없어요", "The browser does not count by this rule"],
  receipt: ["접수 번호의 표를 찾지 못했어요", "The receipt's ballot is not in the archive"],
  unchecked: [
    "이 브라우저는 Ed25519 서명을 확인하지 못해요. 서명만 빼고 확인했어요. 새 브라우저나 verify.py로 다시 확인해 주세요",
    "This browser cannot check Ed25519 signatures. All else was checked. Use a newer browser or verify.py for them",
  ],
};

export function sayings(code) {
  const [ko, en] = SAYINGS[code];
  return { ko, en };
}
