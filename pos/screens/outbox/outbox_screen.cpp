#include "pos/screens/outbox/outbox_screen.h"

#include <algorithm>
#include <array>

#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/role_words.h"
#include "pos/ui/format.h"

namespace pos {
namespace {

namespace icons = ui::icons;
using core::OutboxState;
using core::PrintState;

bool is_stuck(OutboxState state) {
  return state == OutboxState::refused || state == OutboxState::unclear;
}

// "since 15:44 · 3 attempts · next try 15:52"
std::string history_of(const core::OutboxRow& row, const Scene& scene) {
  const Words& words = scene.words;
  std::string text = words.fill("since {}", {short_time(row.created, scene)});
  if (row.attempts > 0) text += " · " + words.fill("{} attempt", "{} attempts", row.attempts);
  if (row.state != OutboxState::waiting) return text;
  if (row.not_before <= scene.instant) {
    return text + " · " + std::string(words("is next"));
  }
  return text + " · " + words.fill("next try {}", {short_time(row.not_before, scene)});
}

// What a row is about; {0} is the order, {1} whom a mail goes to, {2} the article.
struct RowFace {
  core::OutboxKind kind;
  const char* english;
  ui::Icon icon;
};
constexpr auto faces = [] {
  using enum core::OutboxKind;
  return std::to_array<RowFace>({
      {mail_receipt, "Receipt of {0} to {1}", icons::mail_outline},
      {capture, "Capture the payment of {0}", icons::credit_score},
      {void_authorization, "Give up the authorisation of {0}", icons::cancel},
      {add_payment, "Payment of {0}", icons::payments},
      {fulfil, "Fulfilment of {0}", icons::local_shipping},
      {refund, "Refund of {0}", icons::undo},
      {archive, "Archive {0}", icons::archive},
      {reopen, "Reopen {0}", icons::restart_alt},
      {cancel, "Cancel {0}", icons::cancel},
      {adjust_stock, "Stock of {2}", icons::inventory_2},
      {mail_new_order, "New order {0}, to {1}", icons::mail_outline},
      {mail_confirmation, "Confirmation of {0} to {1}", icons::mail_outline},
      {mail_fulfilled, "Dispatch of {0}, to {1}", icons::mail_outline},
      {mail_ready, "{0} can be picked up, to {1}", icons::mail_outline},
      {mail_downloads, "Downloads of {0} to {1}", icons::mail_outline},
      {mail_expiring, "Authorisation of {0} lapses, to {1}", icons::mail_outline},
      {mail_fulfilment_service, "Order {0} to the fulfilment service {1}", icons::mail_outline},
      {mail_z_report, "Z report to {1}", icons::mail_outline},
  });
}();

void add_face(OutboxRowView& view, const core::OutboxRow& row, const Words& words) {
  const auto face = std::find_if(faces.begin(), faces.end(),
                                 [&](const RowFace& one) { return one.kind == row.kind; });
  if (face == faces.end()) {
    view.icon = icons::cloud_upload;
    view.title = words.fill(row.version > 1 ? "Order {}, changed" : "Order {}", {row.order_number});
    return;
  }
  view.icon = face->icon;
  view.title = words.fill(face->english, {row.order_number, row.recipient, row.note});
}

OutboxRowView row_view(const core::OutboxRow& row, const Scene& scene) {
  const Words& words = scene.words;
  OutboxRowView view;
  view.row = row.row;
  view.order = row.order;
  add_face(view, row, words);
  view.second = history_of(row, scene);
  view.badge = outbox_badge(row.state, words);
  view.state = view.badge.state;
  if (row.state != OutboxState::done) view.reason = reason_text(row.reason, words);
  if (row.state == OutboxState::unclear && view.reason.empty()) {
    view.reason = words("The answer was lost: it may have arrived.");
  }
  if (is_stuck(row.state)) {
    view.action = words("Resend");
    view.other = words(row.kind == core::OutboxKind::adjust_stock ? "Give up" : "Mend");
  }
  return view;
}

bool is_of_voucher(const core::PrintJob& job) {
  return job.form == core::SlipForm::voucher || job.form == core::SlipForm::voucher_copy;
}

// Where a receipt can go that does not come out of its printer.
void add_other_ways(OutboxRowView& view, const core::PrintRow& print, const Scene& scene) {
  const Words& words = scene.words;
  const core::Settings& settings = scene.till.settings;
  const auto& other = print.job.printer == 0 ? settings.printer2 : settings.printer;
  if (other.kind != "none") view.elsewhere = words("Other printer");
  // It says no prices, or is worth something itself: only paper will do.
  if (print.job.form == core::SlipForm::gift || is_of_voucher(print.job)) return;
  if (!core::has_order(print.receipt.kind)) return;  // the shop's own: no customer reads it
  if (settings.mail.kind != "none") view.mail = words("E-mail");
  if (settings.display.window == "on") view.qr = words("QR to customer");
}

const core::PrintRow* print_of(const Scene& scene, std::int64_t job) {
  const auto& rows = scene.found.prints.rows;
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&](const core::PrintRow& row) { return row.job.row == job; });
  return found == rows.end() ? nullptr : &*found;
}

// With an address it is one tap, without one a sheet asks.
Reaction mail_print(const Scene& scene, OutboxInput& input, std::int64_t job) {
  const core::PrintRow* print = print_of(scene, job);
  if (!print) return {};
  const std::string& email = print->receipt.order.customer.email;
  if (email.empty()) {
    input.mailed_print = job;
    input.mail = {true, ""};
    return {};
  }
  Reaction reaction = say(core::MailPrint{job, email});
  reaction.toast = scene.words.fill("The receipt goes to {}.", {email});
  return reaction;
}

Reaction show_qr(const Scene& scene, std::int64_t job) {
  const core::PrintRow* print = print_of(scene, job);
  if (!print) return {};
  Reaction reaction = say(core::DropPrint{job, "shown as QR code"});
  reaction.to_be_read = print->receipt;
  reaction.toast = scene.words("The customer sees the receipt as a QR code.");
  return reaction;
}

OutboxRowView print_view(const core::PrintRow& print, const Scene& scene) {
  const Words& words = scene.words;
  const core::PrintJob& job = print.job;
  OutboxRowView view;
  view.row = job.row;
  view.order = print.receipt.order.id;
  view.icon = job.state == PrintState::refused ? icons::print_disabled : icons::print;
  const bool is_day = !core::has_order(print.receipt.kind);
  view.title = words.fill(job.form == core::SlipForm::gift   ? "Gift receipt {}"
                          : job.form == core::SlipForm::copy ? "Copy of receipt {}"
                          : is_of_voucher(job)               ? "Voucher of {}"
                                                             : "Receipt {}",
                          {print.receipt.code});
  view.second = (is_day ? std::string(words(receipt_name(print.receipt.kind)))
                        : words.fill("Order {}", {print.receipt.order.number})) +
                " · " + words.fill("since {}", {short_time(job.created, scene)});
  view.badge = print_badge(job.state, words);
  view.state = view.badge.state;
  view.reason = reason_text(job.reason, words);
  if (job.state == PrintState::unsure) {
    if (!view.reason.empty()) view.reason += " ";
    view.reason += words("It may be on paper: look first. Printed again it is marked as a copy.");
  }
  if (job.state == PrintState::sending) {
    if (!view.reason.empty()) view.reason += " ";
    view.reason += words("It is in the printer and goes on by itself.");
    return view;
  }
  if (job.state == PrintState::waiting) {
    // The printer tries it by itself: asked for once more it would come out twice.
    if (!view.reason.empty()) view.reason += " ";
    view.reason += words("It is printed as soon as the printer is ready.");
    if (job.reason.empty()) return view;
    add_other_ways(view, print, scene);
    view.first = OutboxRowView::First::drop;
    view.action = words("Drop");
    return view;
  }
  add_other_ways(view, print, scene);
  view.action = words.with("button", "Print");
  view.other = words("Drop");
  return view;
}

OutboxRowView card_slip_view(const core::TerminalSlipRow& row, const Scene& scene) {
  const Words& words = scene.words;
  OutboxRowView view;
  view.row = row.slip.row;
  view.is_card = true;
  view.icon = row.state == PrintState::refused ? icons::print_disabled : icons::contactless;
  view.title = words(row.slip.copy == core::SlipCopy::merchant ? "Card slip for the shop"
                                                               : "Card slip for the customer");
  if (!row.order_number.empty()) view.second = words.fill("Order {}", {row.order_number}) + " · ";
  view.second += words.fill("since {}", {short_time(row.created, scene)});
  view.badge = print_badge(row.state, words);
  view.state = view.badge.state;
  view.reason = reason_text(row.reason, words);
  if (row.state == PrintState::waiting) {
    if (!view.reason.empty()) view.reason += " ";
    view.reason += words("It is printed as soon as the printer is ready.");
    view.first = OutboxRowView::First::drop;
    view.action = words("Drop");
    return view;
  }
  view.action = words.with("button", "Print");
  view.other = words("Drop");
  return view;
}

// What came from outside and could not be taken; its sender can mend it meanwhile.
OutboxRowView aside_view(const core::AsideRow& row, std::int64_t place, const Scene& scene) {
  const Words& words = scene.words;
  OutboxRowView view;
  view.row = place;
  view.icon = icons::inbox;
  view.title = row.what.name;
  view.second = words.fill("since {}", {short_time(row.since, scene)});
  view.state = ui::State::bad;
  view.badge = {std::string(words("Not taken")), icons::error_outline, ui::State::bad};
  view.reason = reason_text(row.what.reason.substr(0, row.what.reason.find('\n')), words);
  const bool can_be_tried = row.source == "folder" || row.what.changed != core::Instant{};
  if (row.is_wanted) {
    view.reason += " " + std::string(words("It is tried again with the next sync."));
  } else if (can_be_tried) {
    view.action = words.with("button", "Try again");
  } else {
    view.reason += " " + std::string(words("It is read again as soon as it changes there."));
  }
  return view;
}

// What the page shows at its top: how many wait, and how many need a person.
void add_counts(OutboxView& view, const Scene& scene) {
  const Words& words = scene.words;
  const core::OutboxCounts& counts = scene.found.outbox.counts;
  const auto prints = static_cast<std::int64_t>(scene.found.prints.rows.size() +
                                                scene.found.prints.card_slips.size());
  const auto aside = static_cast<std::int64_t>(scene.found.outbox.aside.size());
  if (aside > 0) {
    view.counts.push_back({words.fill("{} was not taken", "{} were not taken", aside),
                           icons::error_outline, ui::State::bad});
  }
  if (counts.waiting > 0) {
    view.counts.push_back(
        {words.fill("{} waits", "{} wait", counts.waiting), icons::schedule, ui::State::warn});
  }
  if (counts.stuck > 0) {
    view.counts.push_back({words.fill("{} needs attention", "{} need attention", counts.stuck),
                           icons::error_outline, ui::State::bad});
  }
  if (prints > 0) {
    view.counts.push_back(
        {words.fill("{} to print", "{} to print", prints), icons::print, ui::State::warn});
  }
}

// How the way to the platform is, in four figures.
void add_facts(OutboxView& view, const Scene& scene) {
  const Words& words = scene.words;
  const SyncProgress& progress = scene.devices.progress;
  const core::OutboxCounts& counts = scene.found.outbox.counts;
  const DeviceState& sync = scene.devices.sync;
  const bool is_fine = sync.state == ui::State::ok;
  const bool is_trouble = sync.state == ui::State::warn || sync.state == ui::State::bad;
  const bool is_seen = sync.is_there && (is_trouble || (is_fine && !sync.is_simulated));
  view.facts.push_back({is_trouble ? icons::sync_problem : icons::cloud_done,
                        std::string(words("Platform")),
                        std::string(words(!sync.is_there      ? "None"
                                          : is_trouble        ? "Trouble"
                                          : sync.is_simulated ? "A folder only"
                                          : is_fine           ? "Reachable"
                                                              : "Not tried yet")),
                        is_seen ? sync.state : ui::State::neutral});
  view.facts.push_back({icons::schedule, std::string(words("Last contact")),
                        progress.last_contact == core::Instant{}
                            ? std::string(words("not yet"))
                            : full_time(progress.last_contact, scene)});
  view.facts.push_back({icons::trending_up, std::string(words("Sent in the last minute")),
                        number_text(progress.sent_last_minute, words.language())});
  view.facts.push_back({icons::cloud_upload, std::string(words("Waiting")),
                        number_text(counts.waiting, words.language()),
                        counts.waiting > 0 ? ui::State::warn : ui::State::ok});
  if (!progress.work.empty())
    view.work = words.fill("Fetching: {}", {work_text(progress.work, words)});
}

// What is wrong with the way to the platform, in full; a wrong key can be mended here.
void add_trouble(OutboxView& view, const Scene& scene) {
  const DeviceState& sync = scene.devices.sync;
  const bool is_fine = sync.state == ui::State::ok || sync.state == ui::State::neutral;
  if (!sync.is_there || is_fine) return;
  view.trouble = reason_text(sync.words, scene.words);
  const bool is_key = sync.words.find("key") != std::string::npos ||
                      sync.words.find("access token") != std::string::npos;
  const bool may_change = may(scene, core::Permission::change_settings);
  if (is_key && may_change) view.enter_key = scene.words("Enter the key …");
}

std::string_view explanation_of(const core::OutboxCounts& counts) {
  if (counts.stuck > 0) {
    return "Nothing is lost. Mend what the reason says, then resend; the other orders go on "
           "meanwhile.";
  }
  if (counts.waiting > 0) {
    return "Everything is saved in the till and goes out by itself as soon as there is a network.";
  }
  return "";
}

}  // namespace

Questions wants(const Scene&, const OutboxInput& input) {
  return {core::AskOutbox{0, input.limit}, core::AskPrints{}};
}

OutboxView present(const Scene& scene, const OutboxInput& input) {
  const Words& words = scene.words;
  const core::FoundOutbox& found = scene.found.outbox;
  OutboxView view;
  view.title = words("Sync");
  view.back = words("Back to the orders");
  view.sync_word = words("Sync now");
  add_counts(view, scene);
  add_facts(view, scene);
  add_trouble(view, scene);
  if (input.connect) view.key_sheet = present(scene, *input.connect);
  view.explanation = words(explanation_of(found.counts));
  view.prints.title = words("Slips that are not on paper");
  for (const core::PrintRow& print : scene.found.prints.rows) {
    view.prints.rows.push_back(print_view(print, scene));
  }
  for (const core::TerminalSlipRow& slip : scene.found.prints.card_slips) {
    view.prints.rows.push_back(card_slip_view(slip, scene));
  }
  view.aside.title = words("From outside, and could not be taken");
  for (std::size_t i = 0; i < found.aside.size(); ++i) {
    view.aside.rows.push_back(aside_view(found.aside[i], static_cast<std::int64_t>(i), scene));
  }
  view.stuck.title = words("Needs attention");
  view.open.title = words("To be sent");
  view.done.title = words("Sent");
  for (const core::OutboxRow& row : found.rows) {
    OutboxSection& section = row.state == OutboxState::done ? view.done
                             : is_stuck(row.state)          ? view.stuck
                                                            : view.open;
    section.rows.push_back(row_view(row, scene));
  }
  const std::int64_t all = found.counts.waiting + found.counts.stuck + found.counts.done;
  const auto shown = static_cast<std::int64_t>(found.rows.size());
  view.has_more = shown >= input.limit && shown < all;
  if (shown < all) {
    view.more = words.fill(
        "{} of {}", {number_text(shown, words.language()), number_text(all, words.language())});
  }
  if (view.aside.rows.empty() && view.prints.rows.empty() && view.stuck.rows.empty() &&
      view.open.rows.empty()) {
    view.emptiness = {icons::cloud_done, std::string(words("Everything is done")),
                      std::string(words("No order, no mail and no slip is waiting."))};
  }
  return view;
}

Reaction react(const OutboxTap& tap, const Scene& scene, OutboxInput& input) {
  using Kind = OutboxTap::Kind;
  if (input.connect) {
    SheetResult result = react(tap.key, scene, *input.connect);
    // What waited for the key goes out with it.
    if (result.reaction.key_to_keep) result.reaction.commands.emplace_back(core::SyncNow{});
    if (result.is_closed) input.connect.reset();
    return std::move(result.reaction);
  }
  switch (tap.kind) {
    case Kind::none:
      break;
    case Kind::back:
      return show(Screen::orders);
    case Kind::sync:
      return say(core::SyncNow{});
    case Kind::order:
    case Kind::mend:
      // Of no order: there is nothing to look at, only to give up.
      return tap.order.is_nil() ? say(core::DropIntent{tap.row}) : show_order(tap.order);
    case Kind::print_card:
      return say(core::RetryTerminalSlip{tap.row});
    case Kind::drop_card:
      return say(core::DropTerminalSlip{tap.row});
    case Kind::again: {
      const auto& aside = scene.found.outbox.aside;
      const auto place = static_cast<std::size_t>(tap.row);
      if (place >= aside.size()) break;
      return say(core::TryAsideAgain{aside[place].source, aside[place].what.name});
    }
    case Kind::resend:
      return say(core::Resend{tap.row});
    case Kind::print:
      return say(core::RetryPrint{tap.row});
    case Kind::drop:
      return say(core::DropPrint{tap.row});
    case Kind::elsewhere:
      return say(core::PrintElsewhere{tap.row});
    case Kind::mail:
      return mail_print(scene, input, tap.row);
    case Kind::qr:
      return show_qr(scene, tap.row);
    case Kind::enter_key:
      input.connect = enter_key(scene.till.settings.upstream);
      break;
  }
  return {};
}

namespace {

// The sheet sends an order's latest receipt; here it is this slip's.
Reaction run_mail(ui::Ui& ui, const Scene& scene, OutboxInput& input) {
  const core::PrintRow* print = print_of(scene, input.mailed_print);
  if (!print) {
    input.mail.is_open = false;
    return {};
  }
  Reaction reaction = run(ui, scene, print->receipt.order, input.mail);
  for (core::Command& command : reaction.commands) {
    if (const auto* mail = command.as<core::EmailReceipt>()) {
      command = core::MailPrint{input.mailed_print, std::string(mail->email)};
    }
  }
  return reaction;
}

}  // namespace

Reaction run(ui::Ui& ui, const Scene& scene, OutboxInput& input) {
  // The tap that opens the sheet must not be taken for one beside it.
  if (input.mail.is_open) {
    draw(ui, present(scene, input), input);
    return run_mail(ui, scene, input);
  }
  Reaction reaction = react(draw(ui, present(scene, input), input), scene, input);
  if (input.mail.is_open) ui.ask_for_frame();
  return reaction;
}

}  // namespace pos
