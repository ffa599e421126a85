"""How people meet Madang: settings, URLs, shell, dashboards, command line, demo."""
