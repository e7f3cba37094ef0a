#include "pos/screens/shift/count_page.h"

#include <algorithm>

#include "core/base/text.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using core::Money;

// What is counted by now, the last of it perhaps on its way into the store.
core::CountDrawer count_of(const Scene& scene, const CountInput& input) {
  if (input.sum) return {Money{input.sum->value(), scene.till.settings.shop.currency}, {}};
  if (input.sent) return *input.sent;
  return {scene.till.shift->counted, scene.till.shift->coins};
}

bool is_by_coin(const Scene& scene, const CountInput& input) {
  if (core::coins_of(scene.till.settings.shop.currency).empty()) return false;
  if (input.by_coin) return *input.by_coin;
  const core::CountDrawer count = count_of(scene, input);
  const bool is_a_sum = count.coins.empty() && count.counted && !count.counted->is_zero();
  return !is_a_sum;
}

// The same count with so many of one coin.
core::CountDrawer with(const core::CountDrawer& count, core::CoinCount coin,
                       core::Currency currency) {
  auto coins = with_number(count.coins, coin);
  const Money sum = core::sum_of(coins, currency);
  return {sum, std::move(coins)};
}

Reaction send(core::CountDrawer count, CountInput& input) {
  count.is_settled = false;
  input.sum.reset();
  input.sent = count;
  return say(std::move(count));
}

std::optional<Money> difference_now(const Scene& scene, const CountInput& input) {
  const auto expected = expected_of(scene);
  const auto counted = count_of(scene, input).counted;
  if (!expected || !counted) return {};
  return *counted - *expected;
}

bool is_revealed(const Scene& scene, const CountInput& input) {
  return !is_blind(scene) || input.is_confirmed;
}

Money dropped_of(const Scene& scene, const CountInput& input) {
  return {input.dropped.minor, scene.till.settings.shop.currency};
}

// Part of an order is paid, or one is being collected: that is finished first.
bool is_half_paid(const core::Snapshot& till) {
  return till.collecting || till.paid.minor > 0;
}
bool is_at_terminal(const core::Snapshot& till) {
  return till.attempt && core::holds_order(till.attempt->phase) &&
         core::unresolved_attempts(till).empty();
}

CheckRow terminal_check(const Scene& scene) {
  const Words& words = scene.words;
  const auto& day = scene.till.terminal_day;
  CheckRow row{std::string(words("Card terminal")), "", ui::State::neutral, ui::icons::contactless};
  if (!day) {
    row.value = words("closes its day, too");
  } else if (day->is_open) {
    row.value = words("not compared");
    row.state = ui::State::warn;
  } else if (day->difference().is_zero() && day->differences.empty()) {
    row.value = words("agrees");
    row.state = ui::State::ok;
  } else {
    row.value = signed_text(day->difference(), words.language());
    row.state = ui::State::warn;
  }
  return row;
}

std::vector<CheckRow> checks_of(const Scene& scene) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Snapshot& till = scene.till;
  std::vector<CheckRow> rows;
  const auto unclear = static_cast<std::int64_t>(core::unresolved_attempts(till).size());
  CheckRow cards{std::string(words("Unclear card payments")), std::string(words("none"))};
  if (unclear > 0) {
    cards = {words.fill("{} card payment is unclear", "{} card payments are unclear", unclear),
             std::string(words("Clear up")), ui::State::warn, ui::icons::warning,
             Screen::unresolved};
  } else if (is_at_terminal(till)) {
    cards = {std::string(words("A card is at the terminal")), std::string(words("Show")),
             ui::State::warn, ui::icons::contactless, Screen::tender};
  }
  rows.push_back(std::move(cards));
  if (is_half_paid(till)) {
    rows.push_back({std::string(words("A sale is paid in part")), std::string(words("Show")),
                    ui::State::warn, ui::icons::incomplete_circle, Screen::tender});
  }
  CheckRow parked{std::string(words("Parked carts")), std::string(words("none"))};
  if (const auto count = static_cast<std::int64_t>(till.parked.size()); count > 0) {
    parked.value = words.fill("{} stay", {number_text(count, language)});
    parked.state = ui::State::neutral;
    parked.icon = ui::icons::pause_circle_outline;
  }
  rows.push_back(std::move(parked));
  CheckRow sending{std::string(words("Receipts and e-mails")), std::string(words("all sent"))};
  const std::int64_t waiting =
      till.counts.outbox_waiting + till.counts.outbox_stuck + till.counts.prints_waiting;
  if (waiting > 0) {
    sending.value = words.fill("{} go on", {number_text(waiting, language)});
    sending.state = ui::State::neutral;
    sending.icon = ui::icons::schedule;
  }
  rows.push_back(std::move(sending));
  if (core::ends_day_with_shift(till.settings.terminal)) rows.push_back(terminal_check(scene));
  // What keeps the shift from closing is read first.
  std::ranges::stable_sort(rows, {}, [](const CheckRow& row) { return !row.leads_to; });
  return rows;
}

std::string why_not_closed(const Scene& scene, const CountInput& input) {
  const Words& words = scene.words;
  const core::CountDrawer count = count_of(scene, input);
  if (input.sum && input.sum->is_refused()) {
    return std::string(words("This key does not fit here. Please erase and key it again."));
  }
  if (!count.counted) return std::string(words("Count the drawer first."));
  for (const CheckRow& check : checks_of(scene)) {
    if (check.leads_to) return check.label + ".";
  }
  if (dropped_of(scene, input) > *count.counted) {
    return std::string(words("This is more than lies in the drawer."));
  }
  if (!difference_now(scene, input)) return std::string(words("The sums are being looked up …"));
  return "";
}

TextSheetView note_sheet(const Scene& scene, const CountInput& input) {
  const Words& words = scene.words;
  TextSheetView sheet;
  sheet.title = words("Why is there a difference?");
  if (const auto difference = difference_now(scene, input)) {
    const DifferenceView view = difference_of(*difference, scene);
    sheet.explained = view.label + ": " + view.amount;
  }
  sheet.placeholder = words("Note");
  sheet.confirm = words("Accept");
  sheet.close = words("Cancel");
  sheet.ready = in_words(words, {"Wrong change was given", "Counted twice", "Not known"});
  sheet.layout = layout_of(words);
  sheet.most_bytes = 120;
  return sheet;
}

void add_account(CountView& view, const Scene& scene, const CountInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const auto counted = count_of(scene, input).counted;
  view.counted_label = words("Counted");
  view.counted = counted ? money_text(*counted, language) : std::string(words("not counted yet"));
  if (!is_revealed(scene, input)) {
    view.hidden = words("What is expected is shown once the drawer is counted.");
    return;
  }
  const core::ShiftReport* report = report_of(scene);
  if (!report) return;
  view.account = account_rows(*scene.till.shift, *report, words);
  if (!counted) return;
  const Money difference = *difference_now(scene, input);
  view.difference = difference_of(difference, scene);
  if (difference.is_zero()) return;
  view.note_word = words("Note");
  view.note = input.note.empty() ? std::string(words("Why?")) : input.note;
}

void add_drop(CountView& view, const Scene& scene, const CountInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::CountDrawer count = count_of(scene, input);
  const Money dropped = dropped_of(scene, input);
  view.drop = dropped.is_zero() ? std::string(words("Take out: nothing"))
                                : words.fill("Take out: {}", {money_text(dropped, language)});
  if (!count.counted) return;
  if (dropped > *count.counted) {
    view.drop_second = words("This is more than lies in the drawer.");
    return;
  }
  const Money suggested = suggested_drop(*count.counted, count.coins, scene.till.shift->opening);
  view.drop_second = dropped.is_zero() && !suggested.is_zero()
                         ? words.fill("Suggested: {}", {money_text(suggested, language)})
                         : words.fill("{} stay for the next float",
                                      {money_text(*count.counted - dropped, language)});
}

}  // namespace

CountView present(const Scene& scene, const CountInput& input) {
  const Words& words = scene.words;
  const Language language = words.language();
  const core::Currency currency = scene.till.settings.shop.currency;
  const core::CountDrawer count = count_of(scene, input);
  CountView view;
  view.title = words("Close the shift");
  view.back = words("Back");
  view.by_coin = words("By note and coin");
  view.by_sum = words("As a sum");
  view.has_coins = !core::coins_of(currency).empty();
  view.is_by_coin = is_by_coin(scene, input);
  view.coins = coins_view(count.coins, currency, input.pad.coin, words);
  if (view.is_by_coin) view.pad = present(scene, input.pad, view.coins);
  show_keyed(view.coins, view.pad);
  view.sum_label = words("In the drawer");
  view.sum = money_text(count.counted.value_or(Money{0, currency}), language);
  view.is_hint = !count.counted;
  view.is_refused = input.sum && input.sum->is_refused();
  add_account(view, scene, input);
  view.checks = checks_of(scene);
  add_drop(view, scene, input);
  const bool reveals = !is_revealed(scene, input);
  view.close = words(reveals ? "Confirm the count" : "Close the shift");
  if (!reveals && scene.found.shift) {
    view.close_second =
        words.fill("prints Z report {}", {number_text(scene.found.shift->next_z_number, language)});
  }
  view.why_not = why_not_closed(scene, input);
  if (input.note_sheet) view.note_sheet = note_sheet(scene, input);
  return view;
}

void settle(const Scene& scene, CountInput& input) {
  if (!input.sent || !scene.till.shift) return;
  const core::Shift& shift = *scene.till.shift;
  const bool is_there = shift.counted == input.sent->counted && shift.coins == input.sent->coins;
  if (is_there || scene.till.not_saved) input.sent.reset();
}

namespace {

// What is keyed for a coin goes into the store; nothing, where it is not new.
Reaction keep_number(const Scene& scene, CountInput& input) {
  const auto [value, number] = std::exchange(input.pad, {});
  const core::CountDrawer count = count_of(scene, input);
  const bool is_counted =
      std::ranges::find(count.coins, value, &core::CoinCount::value) != count.coins.end();
  if (is_counted && number.value() == number_of(count.coins, value)) return {};
  return send(with(count, {value, number.value()}, scene.till.settings.shop.currency), input);
}

// A number that is half keyed is kept before another row is touched.
Reaction react_coin(const CoinsTap& tap, const Scene& scene, CountInput& input) {
  Reaction reaction;
  if (input.pad.coin != 0 && !input.pad.number.is_refused()) reaction = keep_number(scene, input);
  const core::CountDrawer count = count_of(scene, input);
  if (tap.step == ui::StepperTap::value) {
    input.pad = key_coin(count.coins, tap.value);
    return reaction;
  }
  input.pad = {};
  const std::int64_t change = tap.step == ui::StepperTap::more ? 1 : -1;
  const std::int64_t number =
      std::clamp<std::int64_t>(number_of(count.coins, tap.value) + change, 0, coin_keying.most);
  return send(with(count, {tap.value, number}, scene.till.settings.shop.currency), input);
}

Reaction react_pad(const CoinPadTap& tap, const Scene& scene, CountInput& input) {
  using Kind = CoinPadTap::Kind;
  if (tap.kind == Kind::key) return key_in(tap.key, input.pad.number, coin_keying, scene.words);
  if (tap.kind == Kind::left) {
    input.pad = {};
    return {};
  }
  if (input.pad.number.is_refused()) {
    Reaction reaction;
    reaction.refused = scene.words("This key does not fit here. Please erase and key it again.");
    return reaction;
  }
  const std::int64_t next = coin_after(input.pad.coin, scene.till.settings.shop.currency);
  Reaction reaction = keep_number(scene, input);
  if (tap.kind == Kind::next && next != 0) {
    input.pad = key_coin(count_of(scene, input).coins, next);
  }
  return reaction;
}

Reaction react_sum(ui::PadKey key, const Scene& scene, CountInput& input) {
  const auto counted = count_of(scene, input).counted;
  if (!input.sum) input.sum = ui::Keyed(counted ? counted->minor : 0);
  return key_in(key, *input.sum, amount_keying(scene.till.settings.shop.currency), scene.words);
}

// Its own day is closed first. A second tap closes without it.
bool waits_for_terminal(const Scene& scene, const CountInput& input) {
  return core::ends_day_with_shift(scene.till.settings.terminal) && !scene.till.terminal_day &&
         !scene.till.training && !input.asked_terminal;
}

Reaction close(const Scene& scene, CountInput& input) {
  if (!why_not_closed(scene, input).empty()) return {};
  Reaction reaction;
  const Money difference = *difference_now(scene, input);
  if (input.sum) reaction = send(count_of(scene, input), input);
  const bool is_asked = !is_revealed(scene, input) && !difference.is_zero();
  input.is_confirmed = true;
  if (is_asked) {
    // What was counted before the difference was shown stays on record.
    reaction.commands.emplace_back(count_of(scene, input));
    input.note_sheet.emplace();
    return reaction;
  }
  if (waits_for_terminal(scene, input)) {
    input.asked_terminal = true;
    reaction.commands.emplace_back(core::EndTerminalDay{});
    return reaction;
  }
  reaction.commands.emplace_back(core::CloseShift{dropped_of(scene, input), input.note});
  return reaction;
}

}  // namespace

CountResult react(const CountTap& tap, const Scene& scene, CountInput& input) {
  using Kind = CountTap::Kind;
  if (input.note_sheet) {
    if (tap.note_sheet == TextSheetTap::confirm) input.note = core::trim(input.note_sheet->value);
    if (tap.note_sheet != TextSheetTap::none) input.note_sheet.reset();
    return {};
  }
  if (tap.coin.step != ui::StepperTap::none) return {react_coin(tap.coin, scene, input)};
  if (tap.pad.kind != CoinPadTap::Kind::none) return {react_pad(tap.pad, scene, input)};
  switch (tap.kind) {
    case Kind::none:
      return {};
    case Kind::back: {
      // A sum that is keyed is kept for the next look at it.
      Reaction reaction;
      if (input.sum && !input.sum->is_refused()) reaction = send(count_of(scene, input), input);
      return {std::move(reaction), true};
    }
    case Kind::by_coin:
    case Kind::by_sum:
      input.by_coin = tap.kind == Kind::by_coin;
      input.pad = {};
      input.sum.reset();
      return {};
    case Kind::clear:
      input.pad = {};
      input.is_confirmed = false;
      return {send({}, input)};
    case Kind::begin: {
      const auto all = core::coins_of(scene.till.settings.shop.currency);
      input.pad = key_coin(count_of(scene, input).coins, all.front());
      return {react_pad({CoinPadTap::Kind::key, tap.key}, scene, input)};
    }
    case Kind::key:
      return {react_sum(tap.key, scene, input)};
    case Kind::note:
      input.note_sheet = TextSheetInput{input.note, {}};
      return {};
    case Kind::check: {
      const auto checks = checks_of(scene);
      const auto index = static_cast<std::size_t>(tap.index);
      if (index >= checks.size() || !checks[index].leads_to) return {};
      return {show(*checks[index].leads_to)};
    }
    case Kind::drop: {
      const core::CountDrawer count = count_of(scene, input);
      if (!count.counted) return {};
      const Money suggested =
          suggested_drop(*count.counted, count.coins, scene.till.shift->opening);
      return {{}, false, DropInput{*count.counted, suggested, input.dropped.minor}};
    }
    case Kind::close:
      return {close(scene, input)};
  }
  return {};
}

Reaction go_on(const Scene& scene, CountInput& input) {
  if (!input.asked_terminal || !scene.till.terminal_day) return {};
  input.asked_terminal = false;
  if (!why_not_closed(scene, input).empty()) return {};
  return say(core::CloseShift{dropped_of(scene, input), input.note});
}

}  // namespace pos
