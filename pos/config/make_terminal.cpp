#include "pos/config/make_terminal.h"

#include <charconv>

#include "drivers/terminal/nexo/terminal.h"
#include "drivers/terminal/simulated/simulator.h"
#include "drivers/terminal/zvt/terminal.h"
#include "drivers/transport/serial.h"
#include "drivers/transport/tcp.h"

namespace pos {

namespace {

constexpr std::uint16_t zvt_port = 20007;
constexpr const char* nexo_port = ":8443";

std::unique_ptr<drivers::Transport> tcp_to(const std::string& address) {
  const auto colon = address.rfind(':');
  std::uint16_t port = zvt_port;
  if (colon != std::string::npos) {
    std::from_chars(address.data() + colon + 1, address.data() + address.size(), port);
  }
  return std::make_unique<drivers::TcpTransport>(address.substr(0, colon), port);
}

std::unique_ptr<drivers::zvt::Link> zvt_link(const core::TerminalSettings& settings) {
  if (settings.address.starts_with('/')) {
    return std::make_unique<drivers::zvt::SerialLink>([settings] {
      return std::make_unique<drivers::SerialTransport>(
          settings.address, static_cast<int>(settings.baud), drivers::FlowControl::none);
    });
  }
  return std::make_unique<drivers::zvt::TcpLink>([settings] { return tcp_to(settings.address); });
}

std::unique_ptr<drivers::CardTerminal> zvt_terminal(const core::TerminalSettings& settings,
                                                    core::Currency currency,
                                                    const std::string& password) {
  drivers::ZvtSettings zvt;
  if (!password.empty()) zvt.password = password;
  zvt.currency = currency;
  zvt.terminal_id = settings.id;
  zvt.charset = drivers::zvt::charset_from(settings.charset);
  zvt.printer =
      settings.receipts == "till" ? drivers::SlipPrinter::till : drivers::SlipPrinter::terminal;
  zvt.to_answer = std::chrono::seconds(settings.answer_seconds);
  zvt.to_finish = std::chrono::seconds(settings.patience_seconds);
  return std::make_unique<drivers::ZvtTerminal>(zvt_link(settings), zvt);
}

std::unique_ptr<drivers::CardTerminal> nexo_terminal(const core::TerminalSettings& settings,
                                                     core::Currency currency,
                                                     const std::string& passphrase) {
  static const core::SystemClock clock;
  drivers::NexoSettings nexo;
  nexo.poi_id = settings.id;
  nexo.sale_id = settings.sale_id;
  nexo.key = {settings.key_id, settings.key_version, drivers::nexo::keys_from(passphrase)};
  nexo.currency = currency;
  nexo.to_finish = std::chrono::seconds(settings.patience_seconds);
  drivers::HttpsPeer peer;
  const bool has_port = settings.address.find(':') != std::string::npos;
  peer.url = "https://" + settings.address + (has_port ? "" : nexo_port) + "/nexo/";
  peer.authority_file = settings.authority;
  peer.accepts_name = [id = settings.id](const std::string& name) {
    return drivers::is_nexo_terminal_name(name, id);
  };
  return std::make_unique<drivers::NexoTerminal>(drivers::https_link(std::move(peer)), nexo, clock);
}

}  // namespace

std::unique_ptr<drivers::CardTerminal> make_terminal(const core::TerminalSettings& settings,
                                                     core::Currency currency,
                                                     const TerminalSecrets& secrets,
                                                     const std::string& book) {
  if (settings.kind == "none") return nullptr;
  if (settings.kind == "zvt") return zvt_terminal(settings, currency, secrets.password);
  if (settings.kind == "nexo") return nexo_terminal(settings, currency, secrets.passphrase);
  return std::make_unique<drivers::SimulatedTerminal>(drivers::SimulatedAnswer::ask, book);
}

}  // namespace pos
