#include "drivers/terminal/nexo/simulator.h"

#include <fmt/format.h>

namespace drivers::nexo {

namespace {

std::string name_of(const std::string& sale_id, const std::string& service_id) {
  return sale_id + "/" + service_id;
}

Outcome failure(std::string error, std::string more = {}) {
  return {"Failure", std::move(error), std::move(more)};
}

PaymentResponse refused(std::string error) {
  PaymentResponse response;
  response.outcome = failure(std::move(error));
  return response;
}

}  // namespace

std::vector<Simulator::Said> Simulator::take(int connection, std::string_view text) {
  auto message = read_locked(text, settings_.key);
  if (!message) return {{connection, false, 400, ""}};
  const Header header = message->header;
  if (header.poi_id != settings_.poi_id) return {{connection, false, 404, ""}};
  if (const auto* request = std::get_if<PaymentRequest>(&message->body)) {
    bool answers = true;
    Said said = pay(connection, header, *request, answers);
    return answers ? std::vector<Said>{std::move(said)} : std::vector<Said>{};
  }
  if (const auto* request = std::get_if<StatusRequest>(&message->body)) {
    if (settings_.memory == SimulatedMemory::silent) return {};
    return {answer(connection, header, status(*request))};
  }
  if (const auto* request = std::get_if<AbortRequest>(&message->body)) {
    std::vector<Said> all{{connection, false, 200, ""}};
    if (waiting_ && waiting_->header.service_id == request->of.service_id) {
      for (Said& said : present(false)) all.push_back(std::move(said));
    }
    return all;
  }
  if (const auto* request = std::get_if<ReversalRequest>(&message->body)) {
    ++reversals_;
    const ReversalResponse response{
        {"Success", "", ""}, {fmt::format("rev{:06}", reversals_), request->original.moment}};
    book_[name_of(header.sale_id, header.service_id)] = {header, {}, response};
    return {answer(connection, header, response)};
  }
  if (std::holds_alternative<DiagnosisRequest>(message->body)) {
    return {answer(connection, header,
                   DiagnosisResponse{{"Success", "", ""}, waiting_ ? "Busy" : "OK"})};
  }
  if (std::holds_alternative<DisplayRequest>(message->body)) {
    return {answer(connection, header, DisplayResponse{{"Success", "", ""}})};
  }
  return {{connection, false, 400, ""}};
}

void Simulator::closed(int connection) {
  if (waiting_ && waiting_->connection == connection) waiting_->connection = 0;
}

std::vector<Simulator::Said> Simulator::present(bool is_good) {
  if (!waiting_) return {};
  const Waiting over = *waiting_;
  waiting_.reset();
  PaymentResponse response =
      is_good ? result(over.request, SimulatedCard::approve) : refused("Aborted");
  response.sale = over.request.sale;
  book_[name_of(over.header.sale_id, over.header.service_id)] = {over.header, response, {}};
  if (over.connection == 0) return {};
  return {answer(over.connection, over.header, response)};
}

Simulator::Said Simulator::pay(int connection, const Header& header, const PaymentRequest& request,
                               bool& answers) {
  using enum SimulatedCard;
  const std::string name = name_of(header.sale_id, header.service_id);
  if (book_.contains(name)) {
    return answer(connection, header, refused("NotAllowed"));
  }
  if (waiting_ || settings_.card == busy) {
    return answer(connection, header, refused("Busy"));
  }
  const SimulatedCard card = settings_.card;
  if (card == cut_before) return {connection, true, 0, ""};
  if (card == silent_uncharged) {
    answers = false;
    return {};
  }
  if (card == wait) {
    waiting_ = Waiting{connection, header, request};
    answers = false;
    return {};
  }
  const PaymentResponse response = result(request, card);
  book_[name] = {header, response, {}};
  Header said = header;
  PaymentResponse shown = response;
  switch (card) {
    case silent_charged:
      answers = false;
      return {};
    case cut_after:
      return {connection, true, 0, ""};
    case wrong_service:
      said.service_id = "0000000000";
      break;
    case wrong_terminal:
      said.poi_id = "P400Plus-000000000";
      break;
    case wrong_sale:
      shown.sale.id = "another";
      break;
    case nothing:
      return {connection, false, 200, ""};
    case event:
      said.message_class = said.category = "Event";
      said.type = "Notification";
      return {connection, false, 200,
              write_locked({said, Event{"Reject", "message=Did+not+receive+a+response"}},
                           settings_.key, random_nonce())};
    case in_clear:
      said.type = "Response";
      return {connection, false, 200, write({said, response})};
    case bad_mac: {
      said.type = "Response";
      Locked locked = lock(write({said, response}), settings_.key.keys, settings_.key.id,
                           settings_.key.version, random_nonce());
      locked.trailer.mac[0] = static_cast<char>(locked.trailer.mac[0] ^ 1);
      return {connection, false, 200, wrap(said, locked)};
    }
    default:
      break;
  }
  return answer(connection, said, shown);
}

PaymentResponse Simulator::result(const PaymentRequest& request, SimulatedCard card) {
  using enum SimulatedCard;
  PaymentResponse response;
  response.sale = request.sale;
  if (card == decline) {
    response.outcome = failure(
        "Refusal", "message=DECLINED" + (settings_.leak.empty() ? "" : "+" + settings_.leak));
  } else if (card == unreachable_host) {
    response.outcome = failure("UnreachableHost", "message=Host+not+reachable");
  } else if (card == unknown_word) {
    response.outcome = failure("Communication timeout");
  }
  if (!response.outcome.result.empty()) return response;
  ++charges_;
  core::Money amount = request.amount;
  if (card == part) amount.minor -= amount.minor / 2;
  if (card == other_amount) amount.minor += 100;
  response.outcome = {card == part ? "Partial" : "Success", "", ""};
  response.poi = {fmt::format("sim{:06}.{:016}", charges_, charges_), request.sale.moment};
  response.amount = core::to_plain(amount);
  response.currency = card == other_currency ? "CHF" : std::string(amount.currency.text());
  response.pan_end = settings_.pan_end;
  response.brand = "visa";
  response.approval = fmt::format("{:06}", 424242 + charges_);
  response.slips = {{true, false, {"name=APPROVED&key=approved"}}};
  if (!settings_.leak.empty()) {
    response.brand += " " + settings_.leak;
    response.approval += " " + settings_.leak;
    response.slips.front().lines.push_back("name=Card&value=" + settings_.leak + "&key=pan");
  }
  return response;
}

StatusResponse Simulator::status(const StatusRequest& request) const {
  StatusResponse response{{"Success", "", ""}, request.of, {}, {}};
  const std::string name = name_of(request.of.sale_id, request.of.service_id);
  const bool is_waiting =
      waiting_ && name_of(waiting_->header.sale_id, waiting_->header.service_id) == name;
  const auto found = book_.find(name);
  if (settings_.memory == SimulatedMemory::in_progress || is_waiting) {
    response.outcome = failure("InProgress");
  } else if (settings_.memory == SimulatedMemory::forgets || found == book_.end()) {
    response.outcome = failure("NotFound", "Transaction not found");
  } else {
    response.payment = found->second.payment;
    response.reversal = found->second.reversal;
  }
  return response;
}

Simulator::Said Simulator::answer(int connection, Header header, Body body) const {
  header.type = "Response";
  return {connection, false, 200,
          write_locked({header, std::move(body)}, settings_.key, random_nonce())};
}

}  // namespace drivers::nexo
