#include "drivers/signing/log_message.h"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/ensure.h"
#include "core/base/text.h"
#include "drivers/wire/ber.h"

namespace drivers {

namespace {

using namespace std::string_view_literals;

// 0.4.0.127.0.7.3.7.1.x (TR-03151 section 4.4).
constexpr std::string_view log_type_id = "\x04\x00\x7f\x00\x07\x03\x07\x01"sv;

// TR-03111 section 5.2.1: 0.4.0.127.0.7.1.1.4.1.x; X9.62: 1.2.840.10045.4.3.x.
constexpr std::array signing_algorithms{
    SigningAlgorithm{"ecdsa-plain-SHA224", "\x04\x00\x7f\x00\x07\x01\x01\x04\x01\x02"sv, 224},
    SigningAlgorithm{"ecdsa-plain-SHA256", "\x04\x00\x7f\x00\x07\x01\x01\x04\x01\x03"sv, 256},
    SigningAlgorithm{"ecdsa-plain-SHA384", "\x04\x00\x7f\x00\x07\x01\x01\x04\x01\x04"sv, 384},
    SigningAlgorithm{"ecdsa-plain-SHA512", "\x04\x00\x7f\x00\x07\x01\x01\x04\x01\x05"sv, 512},
    SigningAlgorithm{"ecdsa-with-SHA224", "\x2a\x86\x48\xce\x3d\x04\x03\x01"sv, 224},
    SigningAlgorithm{"ecdsa-with-SHA256", "\x2a\x86\x48\xce\x3d\x04\x03\x02"sv, 256},
    SigningAlgorithm{"ecdsa-with-SHA384", "\x2a\x86\x48\xce\x3d\x04\x03\x03"sv, 384},
    SigningAlgorithm{"ecdsa-with-SHA512", "\x2a\x86\x48\xce\x3d\x04\x03\x04"sv, 512}};

constexpr std::array<std::string_view, 5> log_times{"unixTime", "utcTime", "utcTimeWithSeconds",
                                                    "generalizedTime",
                                                    "generalizedTimeWithMilliseconds"};

// The optional fields of a transaction's log (TR-03151 section 4.4.1).
enum Field : unsigned char {
  operation = 0,
  client = 1,  // of a system log: its particulars
  process_data = 2,
  process_type = 3,
  external = 4,
  transaction = 5,
};

struct ReadTime {
  core::Instant at;
  LogTime form;
};

// "yymmddhhmm[ss]Z", "yyyymmddhhmmss[.f..]Z": `year_digits` tells which.
std::optional<ReadTime> time_from(std::string_view text, std::size_t year_digits) {
  if (text.empty() || text.back() != 'Z') return {};
  text.remove_suffix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string_view fraction = text.substr(point);
  text = text.substr(0, point);
  if (!fraction.empty()) fraction.remove_prefix(1);
  const bool is_long = year_digits == 4;
  const bool has_seconds = text.size() == year_digits + 10;
  if (!core::are_digits(text) || (!has_seconds && (is_long || text.size() != year_digits + 8))) {
    return {};
  }
  if (!fraction.empty() && !core::are_digits(fraction)) return {};
  const auto number = [&](std::size_t at) {
    return static_cast<int>(core::number_of(text.substr(year_digits + at, 2)));
  };
  int year = static_cast<int>(core::number_of(text.substr(0, year_digits)));
  if (!is_long) year += year < 50 ? 2000 : 1900;  // X.680: what two digits mean, RFC 5280
  const date::year_month_day day{date::year{year}, date::month{static_cast<unsigned>(number(0))},
                                 date::day{static_cast<unsigned>(number(2))}};
  const int second = has_seconds ? number(8) : 0;
  if (!day.ok() || number(4) > 23 || number(6) > 59 || second > 59) return {};
  std::int64_t milliseconds = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    milliseconds = milliseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  const core::Instant at = core::Instant{date::sys_days{day}} + std::chrono::hours{number(4)} +
                           std::chrono::minutes{number(6)} + std::chrono::seconds{second} +
                           std::chrono::milliseconds{milliseconds};
  if (!is_long) {
    return ReadTime{at, has_seconds ? LogTime::utc_time_with_seconds : LogTime::utc_time};
  }
  return ReadTime{at, fraction.empty() ? LogTime::generalized_time
                                       : LogTime::generalized_time_with_milliseconds};
}

std::optional<ReadTime> time_from(const ber::Element& element) {
  if (element.tag == ber::utc_time) return time_from(element.content, 2);
  if (element.tag == ber::generalized_time) return time_from(element.content, 4);
  if (element.tag != ber::integer) return {};
  const auto seconds = ber::number(element.content);
  constexpr std::int64_t end_of_9999 = 253'402'300'800;
  if (!seconds || *seconds >= end_of_9999) return {};
  return ReadTime{core::Instant{std::chrono::seconds{*seconds}}, LogTime::unix_time};
}

std::string to_der(core::Instant time, LogTime form) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  switch (form) {
    case LogTime::unix_time:
      return ber::der_integer(seconds.time_since_epoch().count());
    case LogTime::utc_time:
      return ber::der(ber::utc_time, date::format("%y%m%d%H%MZ", seconds));
    case LogTime::utc_time_with_seconds:
      return ber::der(ber::utc_time, date::format("%y%m%d%H%M%SZ", seconds));
    case LogTime::generalized_time:
      return ber::der(ber::generalized_time, date::format("%Y%m%d%H%M%SZ", seconds));
    case LogTime::generalized_time_with_milliseconds:
      return ber::der(ber::generalized_time, date::format("%Y%m%d%H%M%SZ", time));
  }
  return {};
}

std::optional<LogKind> kind_from(const ber::Element& element) {
  const std::string_view id = element.content;
  if (element.tag != ber::object_id || id.size() != log_type_id.size() + 1) return {};
  const unsigned char last = static_cast<unsigned char>(id.back());
  if (!id.starts_with(log_type_id) || last < 1 || last > 3) return {};
  return static_cast<LogKind>(last - 1);
}

// Takes a tagged field; a number that we do not know is only signed.
bool put_field(LogMessage& message, const ber::Element& element) {
  const bool is_transaction = message.kind == LogKind::transaction;
  if (is_transaction && element.number() == transaction) {
    const auto number = ber::number(element.content);
    message.transaction = number.value_or(0);
    return number.has_value();
  }
  const auto text = ber::octets(element);
  // Particulars of a system, and what comes after the number, may be of any form.
  if (!text) return !is_transaction || element.number() > transaction;
  if (element.number() == operation) message.operation = *text;
  if (!is_transaction && element.number() == client) message.data = *text;
  if (!is_transaction) return true;
  switch (element.number()) {
    case client:
      message.client = *text;
      break;
    case process_data:
      message.process_data = *text;
      break;
    case process_type:
      message.process_type = *text;
      break;
    case external:
      message.external = *text;
      break;
    default:
      break;
  }
  return true;
}

bool is_octets(const ber::Element& element) {
  return (element.tag & ~ber::constructed) == ber::octet_string;
}

// The elements of a log one behind the other; what was asked for last is `element`.
struct Fields {
  std::string_view rest;
  ber::Element element;
  bool next() {
    const auto taken = ber::take(rest);
    if (taken) element = *taken;
    return taken.has_value();
  }
};

std::optional<LogFault> read_fields(Fields& fields, LogMessage& message) {
  if (!fields.next() || fields.element.tag != ber::integer) return LogFault::version;
  if (!fields.next()) return LogFault::type;
  const auto kind = kind_from(fields.element);
  if (!kind) return LogFault::type;
  message.kind = *kind;

  do {
    if (!fields.next()) return LogFault::fields;
    if (fields.element.is_context() && !put_field(message, fields.element)) return LogFault::fields;
  } while (fields.element.is_context());

  const auto serial = is_octets(fields.element) ? ber::octets(fields.element) : std::nullopt;
  if (!serial || serial->empty()) return LogFault::serial;
  message.serial = *serial;

  if (!fields.next() || fields.element.tag != ber::sequence) return LogFault::algorithm;
  std::string_view parameters = fields.element.content;
  const auto id = ber::take(parameters);
  if (!id || id->tag != ber::object_id) return LogFault::algorithm;
  message.algorithm = algorithm_of_id(id->content);

  if (!fields.next()) return LogFault::counter;
  if (is_octets(fields.element)) {  // of an audit
    message.data = ber::octets(fields.element).value_or("");
    if (!fields.next()) return LogFault::counter;
  }
  const auto counter = ber::number(fields.element.content);
  if (fields.element.tag != ber::integer || !counter) return LogFault::counter;
  message.counter = *counter;

  if (!fields.next()) return LogFault::time;
  const auto time = time_from(fields.element);
  if (!time) return LogFault::time;
  message.time = time->at;
  message.time_form = time->form;
  return {};
}

}  // namespace

const SigningAlgorithm* algorithm_named(std::string_view name) {
  const auto* found = std::find_if(signing_algorithms.begin(), signing_algorithms.end(),
                                   [&](const auto& known) { return known.name == name; });
  return found == signing_algorithms.end() ? nullptr : found;
}

const SigningAlgorithm* algorithm_of_id(std::string_view id) {
  const auto* found = std::find_if(signing_algorithms.begin(), signing_algorithms.end(),
                                   [&](const auto& known) { return known.id == id; });
  return found == signing_algorithms.end() ? nullptr : found;
}

std::string_view word(LogTime form) {
  return log_times[static_cast<std::size_t>(form)];
}

std::optional<LogTime> log_time_from(std::string_view word) {
  const auto* found = std::find(log_times.begin(), log_times.end(), word);
  if (found == log_times.end()) return {};
  return static_cast<LogTime>(found - log_times.begin());
}

std::string_view in_words(LogFault fault) {
  switch (fault) {
    case LogFault::no_sequence:
      return "it is no log message";
    case LogFault::trailing_bytes:
      return "something lies behind the log message";
    case LogFault::version:
      return "its version is no number";
    case LogFault::type:
      return "it is none of a transaction, the system or an audit";
    case LogFault::fields:
      return "a field of it cannot be read";
    case LogFault::serial:
      return "it has no serial number";
    case LogFault::algorithm:
      return "it names no algorithm";
    case LogFault::counter:
      return "it has no signature counter";
    case LogFault::time:
      return "its time cannot be read";
    case LogFault::signature:
      return "it has no signature";
  }
  return "";
}

core::Result<SignedLog, LogFault> read_log(std::string_view file) {
  const auto whole = ber::take(file);
  if (!whole || whole->tag != ber::sequence) return tl::unexpected(LogFault::no_sequence);
  if (!file.empty()) return tl::unexpected(LogFault::trailing_bytes);
  SignedLog log;
  Fields fields{whole->content, {}};
  if (const auto fault = read_fields(fields, log.message)) return tl::unexpected(*fault);
  log.signed_bytes = whole->content.substr(0, whole->content.size() - fields.rest.size());
  if (!fields.next() || !is_octets(fields.element) || !fields.rest.empty()) {
    return tl::unexpected(LogFault::signature);
  }
  const auto signature = ber::octets(fields.element);
  if (!signature || signature->empty()) return tl::unexpected(LogFault::signature);
  log.signature = *signature;
  return log;
}

std::string bytes_to_sign(const LogMessage& message) {
  ENSURE(message.algorithm != nullptr);
  const auto field = [](unsigned char number, std::string_view text) {
    return ber::der(static_cast<unsigned char>(ber::context | number), text);
  };
  std::string bytes = ber::der_integer(2);
  bytes += ber::der(ber::object_id, std::string(log_type_id) +
                                        static_cast<char>(1 + static_cast<int>(message.kind)));
  if (message.kind == LogKind::transaction) {
    bytes += field(operation, message.operation) + field(client, message.client) +
             field(process_data, message.process_data) + field(process_type, message.process_type);
    if (!message.external.empty()) bytes += field(external, message.external);
    bytes += ber::der_integer(message.transaction, ber::context | transaction);
  } else if (message.kind == LogKind::system) {
    bytes += field(operation, message.operation);
    if (!message.data.empty()) bytes += field(client, message.data);
  }
  bytes += ber::der(ber::octet_string, message.serial);
  bytes += ber::der(ber::sequence, ber::der(ber::object_id, message.algorithm->id));
  if (message.kind == LogKind::audit) bytes += ber::der(ber::octet_string, message.data);
  bytes += ber::der_integer(message.counter);
  return bytes + to_der(message.time, message.time_form);
}

std::string log_file(std::string_view signed_bytes, std::string_view signature) {
  return ber::der(ber::sequence,
                  std::string(signed_bytes) + ber::der(ber::octet_string, signature));
}

}  // namespace drivers
