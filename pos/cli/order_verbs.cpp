#include "pos/cli/order_verbs.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "core/store/outbox_store.h"
#include "core/vouchers/voucher.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"

namespace pos::cli {

namespace {

struct Choice {
  core::LineId line;
  core::Quantity quantity;
};

std::optional<core::Tender> tender_from(const std::string& word) {
  for (const core::Tender tender :
       {core::Tender::cash, core::Tender::card, core::Tender::gift_card, core::Tender::other}) {
    if (core::word(tender) == word) return tender;
  }
  return {};
}

// "SKU" is all of the line, "SKU=2" two of it.
std::optional<std::vector<Choice>> chosen(const core::Order& order, const VerbOptions& options) {
  std::vector<Choice> all;
  for (const std::string& said : options.lines) {
    const auto equals = said.find('=');
    const std::string sku = said.substr(0, equals);
    const auto line = std::find_if(order.lines.begin(), order.lines.end(),
                                   [&](const core::LineItem& item) { return item.sku == sku; });
    if (line == order.lines.end()) {
      fail(fmt::format("the order has no line with the SKU {}", sku), attention);
      return {};
    }
    core::Quantity quantity = line->quantity;
    if (equals != std::string::npos) {
      const auto parsed = core::parse_quantity(said.substr(equals + 1));
      if (!parsed) {
        fail(fmt::format("\"{}\" is not a quantity like 2 or 0.252", said.substr(equals + 1)),
             wrong_usage);
        return {};
      }
      quantity = *parsed;
    }
    all.push_back({line->id, quantity});
  }
  return all;
}

std::vector<core::LineQuantity> parts(const std::vector<Choice>& choices) {
  std::vector<core::LineQuantity> lines;
  lines.reserve(choices.size());
  for (const Choice& choice : choices) lines.push_back({choice.line, choice.quantity});
  return lines;
}

// The lines that were named, an amount, or else everything that is left.
core::RefundWish refund_wish(const core::Order& order, const std::vector<Choice>& choices,
                             const VerbOptions& options, core::Money amount) {
  const bool is_whole = choices.empty() && amount.is_zero() && !options.shipping;
  if (is_whole) return core::all_of(order, options.restock);
  core::RefundWish wish{.with_extras = options.shipping, .amount = amount};
  for (const Choice& choice : choices) {
    wish.lines.push_back({choice.line, choice.quantity, {0, order.currency}, options.restock});
  }
  return wish;
}

Status say(core::Register& till, const core::Command& command) {
  const auto done = till.handle(command);
  return done ? well : say_refusal(done.error());
}

// At the counter: cash for all that is due and a tip beside it, or recorded as paid otherwise.
Status collect(core::Register& till, const core::Order& order, core::Tender tender,
               const std::string& voucher, core::Money tip) {
  if (tender == core::Tender::card) {
    return fail("a card is collected at the till's terminal", attention);
  }
  if (tip.minor > 0 && tender != core::Tender::cash) {
    return fail("--tip is given in cash", wrong_usage);
  }
  if (const Status taken = say(till, core::CollectPayment{order.id}); taken != well) return taken;
  const core::Snapshot now = till.snapshot();
  const core::Money coins = core::cash_rounding(now.due, now.settings.money.cash_step);
  const Status paid = tender == core::Tender::cash
                          ? say(till, core::TakeCash{now.due + coins + tip, tip})
                          : say(till, core::TakeOther{tender, now.due, voucher});
  if (paid != well) till.handle(core::StopCollecting{});
  return paid;
}

// Says what to hand out, and to whom.
Status refund(core::Register& till, const core::Order& order, core::RefundWish wish,
              core::Tender tender, const std::string& reason) {
  // What was paid by voucher goes back onto it before anything is handed out.
  core::Money to_voucher{0, order.currency};
  if (tender == core::Tender::cash || tender == core::Tender::other) {
    const auto plan = core::plan_refund(order, wish);
    if (plan) to_voucher = std::min(core::only_by_voucher(order), plan->amount);
  }
  const Status done = say(till, core::RefundOrder{order.id,
                                                  std::move(wish.lines),
                                                  reason,
                                                  tender,
                                                  {},
                                                  wish.amount,
                                                  wish.with_extras,
                                                  to_voucher});
  const core::Snapshot now = till.snapshot();
  if (done != well || !now.refunded || now.refunded->order != order.id) return done;
  print(fmt::format("{}{}", now.refunded->is_asked ? "asked the platform: " : "",
                    refund_words(now.refunded->note)));
  for (const core::ReceiptVoucher& voucher : now.refunded->vouchers) {
    print(fmt::format("voucher {}: {}, {} on it now", core::shown_voucher_number(voucher.number),
                      to_plain(voucher.amount), to_plain(voucher.left)));
  }
  return done;
}

Status resend(core::Register& till, const core::Order& order, std::string mail) {
  std::replace(mail.begin(), mail.end(), '-', ' ');
  for (int i = 0; i <= static_cast<int>(core::OutboxKind::mail_fulfilment_service); ++i) {
    const auto kind = static_cast<core::OutboxKind>(i);
    if (core::word(kind) == "mail " + mail) return say(till, core::ResendMail{order.id, kind});
  }
  return fail("there is no mail " + mail, wrong_usage);
}

// The platform is right, or is asked once more.
Status settle(core::Register& till, const core::Order& order, const std::string& verb) {
  const auto row = core::stuck_row(till.database(), order.row);
  if (!row) return fail("the platform has refused nothing of this order", attention);
  const bool is_given_up = verb == "give-up";
  const Status done =
      is_given_up ? say(till, core::DropIntent{row->row}) : say(till, core::Resend{row->row});
  if (done != well) return done;
  print(fmt::format("{}: {}", is_given_up ? "given up" : "to be asked again", word(row->kind)));
  return well;
}

}  // namespace

std::string refund_words(const core::RefundNote& note) {
  std::string text = fmt::format("{} {}", core::to_plain(note.amount), word(note.tender));
  if (!note.recipient.empty()) text += " to " + note.recipient;
  if (!note.approver.empty()) text += ", approved by " + note.approver;
  return note.reason.empty() ? text : text + ": " + note.reason;
}

void add_verb_options(CLI::App& app, VerbOptions& options) {
  app.add_option("VERB", options.verb,
                 "What to do with it; without one it is shown. give-up and ask-again: what the "
                 "platform refused, or did not answer")
      ->check(CLI::IsMember({"capture", "void", "fulfil", "ready", "hand-over", "archive", "reopen",
                             "cancel", "collect", "refund", "resend", "download", "give-up",
                             "ask-again"}));
  app.add_option("--amount", options.amount,
                 "Of a capture or a refund [default: all of it, shipping included]");
  app.add_flag("--shipping", options.shipping, "Of a refund of some lines: the shipping as well");
  app.add_option("--reason", options.reason, "Of a cancellation or a refund");
  app.add_option("--carrier", options.carrier, "Who carries the parcel");
  app.add_option("--tracking", options.tracking, "The parcel's number");
  app.add_option("--url", options.url,
                 "Where the parcel can be followed; of download: what is sent for --line");
  app.add_option("--to", options.to, "Who took the goods: a name or the code");
  app.add_option("--tender", options.tender, "cash, gift_card or other")->capture_default_str();
  app.add_option("--voucher", options.voucher, "Its number, with --tender gift_card of collect");
  app.add_option("--tip", options.tip, "Beside what is due, in cash: the staff's, of collect");
  app.add_option("--line", options.lines, "Only this line: SKU or SKU=QUANTITY; may be repeated");
  app.add_option("--mail", options.mail,
                 "Of resend: receipt, new-order, confirmation, fulfilled, ready, downloads or "
                 "fulfilment-service")
      ->capture_default_str();
  app.add_flag("--restock", options.restock, "The goods go back to the shelf");
  app.add_flag("--notify", options.notify, "The customer is told by e-mail");
}

namespace {

// 0 where nothing is said; nothing: it is no amount, and that was said.
std::optional<core::Money> amount_in(const std::string& text, core::Currency currency) {
  if (text.empty()) return core::Money{0, currency};
  const auto parsed = core::parse_plain(text, currency);
  if (parsed && parsed->minor > 0) return *parsed;
  fail(fmt::format("\"{}\" is not an amount like 12.50", text), wrong_usage);
  return {};
}

}  // namespace

Status run_verb(core::Register& till, const core::Order& order, const VerbOptions& options) {
  const auto said = amount_in(options.amount, order.currency);
  const auto tip = amount_in(options.tip, order.currency);
  if (!said || !tip) return wrong_usage;
  const core::Money amount = *said;
  const auto lines = chosen(order, options);
  const auto tender = tender_from(options.tender);
  if (!lines) return attention;
  if (!tender) return fail("--tender is cash, card, gift_card or other", wrong_usage);
  const std::string& verb = options.verb;
  if (verb == "capture") return say(till, core::CapturePayment{order.id, amount});
  if (verb == "void") return say(till, core::VoidAuthorization{order.id});
  if (verb == "ready") return say(till, core::MarkReady{order.id});
  if (verb == "hand-over") return say(till, core::HandOver{order.id, options.to, parts(*lines)});
  if (verb == "archive") return say(till, core::ArchiveOrder{order.id});
  if (verb == "reopen") return say(till, core::ReopenOrder{order.id});
  if (verb == "collect") return collect(till, order, *tender, options.voucher, *tip);
  if (verb == "give-up" || verb == "ask-again") return settle(till, order, verb);
  if (verb == "resend") return resend(till, order, options.mail);
  if (verb == "download") {
    if (options.lines.size() != 1) return fail("--line says which product", wrong_usage);
    return say(till, core::SetDownload{options.lines.front(), options.url});
  }
  if (verb == "cancel") {
    return say(till, core::CancelOrder{order.id, options.reason, options.restock});
  }
  if (verb == "fulfil") {
    return say(till, core::FulfilOrder{order.id, parts(*lines), options.carrier, options.tracking,
                                       options.url, options.notify});
  }
  return refund(till, order, refund_wish(order, *lines, options, amount), *tender, options.reason);
}

}  // namespace pos::cli
